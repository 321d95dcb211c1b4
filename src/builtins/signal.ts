// signal(): a signal for the process that runs.
import { signalBuiltin } from "./signal-call.ts";

export const signal = signalBuiltin("signal", "the process");
