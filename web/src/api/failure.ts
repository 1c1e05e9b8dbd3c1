/**
 * Why a request was not answered as hoped. Each kind has a designed state (ui/failure_note.tsx); the
 * message is the server's own, already fit to be read by people.
 */
export type Failure =
    | { kind: 'offline' }
    | { kind: 'aborted' }
    | { kind: 'expired'; message: string }
    | { kind: 'forbidden'; message: string }
    | { kind: 'absent'; message: string }
    | { kind: 'invalid'; message: string; fields: Record<string, string> }
    | { kind: 'throttled'; message: string; retryAtMs: number }
    | { kind: 'busy'; message: string; retryAtMs: number }
    | { kind: 'broken'; message: string; status: number };

export type FailureKind = Failure['kind'];

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export function succeed<T>(value: T): Outcome<T> {
    return { ok: true, value };
}

export function fail(failure: Failure): { ok: false; failure: Failure } {
    return { ok: false, failure };
}

/** Whether asking again without any change can help. */
export function mayPass(failure: Failure): boolean {
    return ['offline', 'throttled', 'busy', 'broken'].includes(failure.kind);
}

const RETRY_DEFAULT_MS = 5_000;

/** When to ask again: Retry-After in seconds or as a date, else X-RateLimit-Reset, else soon. */
export function retryAtMs(headers: Headers, nowMs: number): number {
    const after = headers.get('Retry-After');
    if (after !== null) {
        const seconds = Number(after);
        if (Number.isFinite(seconds)) {
            return nowMs + Math.max(0, seconds) * 1000;
        }
    }
    const moment = Date.parse(after ?? headers.get('X-RateLimit-Reset') ?? '');
    return Number.isNaN(moment) ? nowMs + RETRY_DEFAULT_MS : Math.max(nowMs, moment);
}

interface WireError {
    error?: unknown;
    details?: Record<string, { description?: unknown }[]>;
}

function fieldsOf(body: WireError): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const [name, problems] of Object.entries(body.details ?? {})) {
        const text = problems
            .map((problem) => problem.description)
            .filter((part) => typeof part === 'string')
            .join('; ');
        fields[name] = text;
    }
    return fields;
}

export function failureOf(status: number, headers: Headers, body: unknown, nowMs: number): Failure {
    const wire: WireError = body !== null && typeof body === 'object' ? body : {};
    const message = typeof wire.error === 'string' ? wire.error : '';
    switch (status) {
        case 401:
            return { kind: 'expired', message };
        case 403:
            return { kind: 'forbidden', message };
        case 404:
        case 410:
            return { kind: 'absent', message };
        case 400:
        case 409:
        case 413:
        case 422:
            return { kind: 'invalid', message, fields: fieldsOf(wire) };
        case 429:
            return { kind: 'throttled', message, retryAtMs: retryAtMs(headers, nowMs) };
        case 502:
        case 503:
        case 504:
            return { kind: 'busy', message, retryAtMs: retryAtMs(headers, nowMs) };
        default:
            return { kind: 'broken', message, status };
    }
}
