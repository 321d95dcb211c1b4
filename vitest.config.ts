import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		// Two cores are usual for the machines this runs on, and kernel objects are shared by all tests.
		testTimeout: 20_000,
	},
});
