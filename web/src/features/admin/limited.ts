import type { LimitedKey } from './limits_types';

/** Whom a key counts; null where it does not look at that. */
export interface KeyParts {
    account: string | null;
    token: string | null;
    address: string | null;
    /** The account whose sign-in is tried. */
    triedAccount: string | null;
    target: string | null;
}

/** The parts are apart by spaces, and only the target, which comes last, may have some in it. */
export function partsOf(key: string): KeyParts {
    const parts: KeyParts = {
        account: null,
        token: null,
        address: null,
        triedAccount: null,
        target: null,
    };
    const mark = /(?:^| )target:/.exec(key);
    if (mark !== null) {
        const target = key.slice(mark.index + mark[0].length);
        parts[/^@\d+$/.test(target) ? 'triedAccount' : 'target'] = target.replace(/^@(?=\d+$)/, '');
    }
    for (const part of key.slice(0, mark?.index).split(' ').filter(Boolean)) {
        const [, kind, id] = /^(account|token):(.*)$/.exec(part) ?? [];
        if (kind === 'account' || kind === 'token') {
            parts[kind] = id ?? '';
        } else {
            parts.address = part;
        }
    }
    return parts;
}

/** Whether it would be refused now; on trial nobody is. */
export function isLimitedNow({ shadow, until }: LimitedKey, nowMs: number): boolean {
    return !shadow && (until === null || Date.parse(until) > nowMs);
}

/** Of a whole IPv6 address the first half, by which it is limited: `2001:db8:0:1`. */
function networkOf(text: string): string | null {
    const halves = text.replace(/\/64$/, '').split('::');
    const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
    const isWhole = halves.length === 1 ? head.length === 8 : halves.length === 2;
    const groups =
        tail === undefined
            ? head
            : [
                  ...head,
                  ...Array(8)
                      .fill('0')
                      .slice(head.length + tail.length),
                  ...tail,
              ];
    if (!isWhole || groups.length !== 8 || !groups.every((one) => /^[\da-f]{1,4}$/i.test(one))) {
        return null;
    }
    return groups
        .slice(0, 4)
        .map((one) => parseInt(one, 16).toString(16))
        .join(':');
}

export interface Wanted {
    /** Of the rule of this name; null: of any. */
    rule: string | null;
    /** A part of a name or an address, or a whole address of IPv6 whose network is limited. */
    text: string;
}

function fits(entry: LimitedKey, { rule, text }: Wanted): boolean {
    if (rule !== null && entry.rule !== rule) {
        return false;
    }
    const words = text.trim().toLowerCase().replace(/^@/, '');
    if (words === '') {
        return true;
    }
    const { address, target } = partsOf(entry.key);
    const texts = [entry.account?.username, address, target];
    const network = networkOf(words);
    return (
        texts.some((one) => one?.toLowerCase().includes(words)) ||
        (network !== null && address !== null && networkOf(address) === network)
    );
}

/** Those who fit: first who is limited now, then who was; each who was refused last first. */
export function chooseLimited(
    entries: readonly LimitedKey[],
    wanted: Wanted,
    nowMs: number,
): LimitedKey[] {
    const found = entries.filter((entry) => fits(entry, wanted));
    return [
        ...found.filter((entry) => isLimitedNow(entry, nowMs)),
        ...found.filter((entry) => !isLimitedNow(entry, nowMs)),
    ];
}
