// signal_thread(): a signal for the thread that runs.
import { signalBuiltin } from "./signal-call.ts";

export const signalThread = signalBuiltin("signal_thread", "the very thread");
