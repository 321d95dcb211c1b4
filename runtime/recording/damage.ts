/** Thrown by whatever finds that a recording can't be what it says. */
export class Damage extends Error {}
