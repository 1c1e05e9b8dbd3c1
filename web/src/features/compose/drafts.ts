import type { Draft } from './draft';

/** The part of localStorage that is used. */
export interface Shelf {
    getItem: (key: string) => string | null;
    setItem: (key: string, value: string) => void;
    removeItem: (key: string) => void;
}

export interface KeptDraft {
    key: string;
    draft: Draft;
    savedAtMs: number;
}

/** The oldest beyond these are let go. */
const DRAFTS_MAX = 50;

function isDraft(value: unknown): value is KeptDraft {
    const kept = value as KeptDraft | null;
    return (
        typeof kept?.key === 'string' &&
        typeof kept.savedAtMs === 'number' &&
        typeof kept.draft?.text === 'string' &&
        typeof kept.draft.spoilerText === 'string'
    );
}

/** What somebody has begun to write, by where they write it; it survives a closed tab. */
export class Drafts {
    constructor(
        private readonly shelf: Shelf,
        private readonly account: string,
        private readonly nowMs: () => number = Date.now,
    ) {}

    /** The newest first. */
    all(): KeptDraft[] {
        try {
            const kept: unknown = JSON.parse(this.shelf.getItem(this.place) ?? '[]');
            const list = Array.isArray(kept) ? kept.filter(isDraft) : [];
            return list.sort((a, b) => b.savedAtMs - a.savedAtMs);
        } catch {
            return []; // somebody else wrote there: nothing of ours can be read
        }
    }

    get(key: string): Draft | null {
        return this.all().find((kept) => kept.key === key)?.draft ?? null;
    }

    /** False if the browser does not keep it. */
    put(key: string, draft: Draft): boolean {
        const others = this.all().filter((kept) => kept.key !== key);
        return this.write([{ key, draft, savedAtMs: this.nowMs() }, ...others]);
    }

    remove(key: string): void {
        const all = this.all();
        const others = all.filter((kept) => kept.key !== key);
        if (others.length < all.length) {
            this.write(others);
        }
    }

    private get place(): string {
        return `rookery.drafts.${this.account}`;
    }

    private write(list: KeptDraft[]): boolean {
        try {
            if (list.length === 0) {
                this.shelf.removeItem(this.place);
            } else {
                this.shelf.setItem(this.place, JSON.stringify(list.slice(0, DRAFTS_MAX)));
            }
            return true;
        } catch {
            return false; // storage is full or forbidden
        }
    }
}
