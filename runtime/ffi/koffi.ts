// The one file that imports koffi: fills the Ffi interface with it.
import koffi from "koffi";
import type {
	BoundFunction,
	CType,
	Declaration,
	Ffi,
	FunctionTable,
	Library,
	Memory,
	Watcher,
} from "./ffi.ts";

const koffiTypes: Readonly<Record<CType, string>> = {
	void: "void",
	i32: "int32_t",
	u32: "uint32_t",
	size: "int64_t",
	pointer: "void *",
	string: "const char *",
};

type Handle = ReturnType<typeof koffi.load>;

export const koffiFfi: Ffi = {
	load: loadFirst,
	errno: () => koffi.errno(),
	allocate,
	view: (address, bytes) => koffi.view(address, bytes),
	readString: (address) => koffi.decode.string(address),
	watch,
};

function loadFirst<const T extends FunctionTable>(
	names: readonly string[],
	table: T,
): Library<T> | undefined {
	for (const name of names) {
		const handle = tryLoad(name);
		if (handle) return bindLibrary(handle, table);
	}
	return undefined;
}

function tryLoad(name: string): Handle | undefined {
	try {
		return koffi.load(name);
	} catch {
		return undefined;
	}
}

function bindLibrary<T extends FunctionTable>(
	handle: Handle,
	table: T,
): Library<T> {
	const call: Partial<{ [K in keyof T]: BoundFunction<T[K]> }> = {};
	for (const name of Object.keys(table)) bindLazily(call, name, handle, table);
	return { call: call as { [K in keyof T]: BoundFunction<T[K]> } };
}

// Binding costs some 20 µs a function; most runs use a third of the table.
function bindLazily(
	target: object,
	name: string,
	handle: Handle,
	table: FunctionTable,
): void {
	Object.defineProperty(target, name, {
		configurable: true,
		enumerable: true,
		get: () => {
			const value = bind(handle, symbolOf(table, name), table[name]);
			Object.defineProperty(target, name, { value });
			return value;
		},
	});
}

function bind(
	handle: Handle,
	symbol: string,
	declaration: Declaration | undefined,
): unknown {
	if (!declaration) throw new Error(`undeclared function ${symbol}`);
	const params = declaration.params.map((type) => koffiTypes[type]);
	return handle.func(symbol, koffiTypes[declaration.result], params);
}

function symbolOf(table: FunctionTable, name: string): string {
	return table[name]?.symbol ?? name;
}

// An ArrayBuffer made by its constructor lies outside V8's heap and never moves; small typed arrays would.
function allocate(size: number): Memory {
	const buffer = new ArrayBuffer(Math.max(8, size));
	const bytes = new Uint8Array(buffer, 0, size);
	return {
		address: koffi.address(buffer),
		bytes,
		view: new DataView(buffer, 0, size),
	};
}

function watch(fd: number): Watcher {
	let handle: ReturnType<typeof koffi.node.poll> | undefined;
	let onReadable: () => void = () => {};
	const fire = () => onReadable();
	return {
		start(callback) {
			onReadable = callback;
			if (handle) handle.start({ readable: true }, fire);
			else handle = koffi.node.poll(fd, { readable: true }, fire);
		},
		stop: () => handle?.stop(),
		// A second close, or a stop after it, would crash inside koffi.
		close() {
			handle?.close();
			handle = undefined;
		},
	};
}
