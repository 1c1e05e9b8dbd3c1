/** What a rule said in a minute. Minutes in which nothing came are not told. */
export interface ToldMinute {
    at: string;
    allowed: number;
    refused: number;
}

export type RuleKey = 'account' | 'token' | 'address' | 'target';

/** A rate limit, and what it has said. */
export interface LimitRule {
    name: string;
    /** The kinds of requests that it is about: `all`, `posts` … */
    routes: string[];
    /** Whom it counts, each combination for itself; nobody: all together. */
    per: RuleKey[];
    algorithm: string;
    amount: number;
    periodMs: number;
    /** The most that may come at once. */
    burst: number;
    /** On trial: it counts, and refuses nothing. */
    shadow: boolean;
    reach: 'local' | 'shared' | 'leased';
    /** What becomes of requests while the shared store is away. */
    whenLost: 'allow' | 'refuse' | 'local';
    /** Since the server was started. */
    allowed: number;
    refused: number;
    minutes: ToldMinute[];
}

/** Whom a rule refused, or would have refused on trial. */
export interface LimitedKey {
    rule: string;
    /** `account:7`, `token:7`, an address, `target:bob`, or several of them. */
    key: string;
    account: { id: string; username: string } | null;
    shadow: boolean;
    times: number;
    firstAt: string;
    lastAt: string;
    /** When the last request would have been allowed; null: never. */
    until: string | null;
}

export interface Limits {
    /** By the server's clock, as all moments here. */
    now: string;
    rules: LimitRule[];
    refused: LimitedKey[];
}
