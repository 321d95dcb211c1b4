/** Licences that go with the GPL: `license_is_gpl_compatible()` of the kernel. */
export const gplLicenses: readonly string[] = [
	"GPL",
	"GPL v2",
	"GPL and additional rights",
	"Dual BSD/GPL",
	"Dual MIT/GPL",
	"Dual MPL/GPL",
];
