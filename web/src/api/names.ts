/**
 * The wire says `created_at`, the types of the masto library (and our code) say `createdAt`.
 * Values that are maps with free keys keep theirs, unless those contain `_`.
 */
const innerNames = new Map<string, string>();

function innerName(name: string): string {
    let inner = innerNames.get(name);
    if (inner === undefined) {
        inner = name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) =>
            letter.toUpperCase(),
        );
        innerNames.set(name, inner);
    }
    return inner;
}

export function fromWire(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(fromWire);
    }
    if (value === null || typeof value !== 'object') {
        return value;
    }
    const out: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
        out[innerName(name)] = fromWire(member);
    }
    return out;
}

/** `inReplyToId` → `in_reply_to_id`, for parameters. */
export function wireName(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
