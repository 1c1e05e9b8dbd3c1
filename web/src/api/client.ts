import { fail, failureOf, succeed, type Outcome } from './failure';
import { parseLinks, type Links } from './link_header';
import { fromWire } from './names';
import { bodyOf, queryOf, type Params } from './params';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Options {
    /** A request that is no longer wanted ends as the failure `aborted`. */
    signal?: AbortSignal | undefined;
    /** The server answers a repeated key with what it made the first time. */
    idempotencyKey?: string | undefined;
}

export interface Page<T> extends Links {
    items: T[];
}

export interface Surroundings {
    fetch: typeof fetch;
    nowMs: () => number;
    /** The bearer token, or null for somebody who is not signed in. */
    token: () => string | null;
    /** Called when the server no longer takes the token that was sent. */
    onExpired: (token: string) => void;
}

interface Answer {
    body: unknown;
    headers: Headers;
}

/**
 * Asks the API. Nothing here throws: what goes wrong is a Failure in the outcome. Names in answers
 * are those of the types (`createdAt`).
 */
export class Client {
    private underWay = 0;
    private idleListeners: (() => void)[] = [];

    constructor(private readonly surroundings: Surroundings) {}

    /** Once no request is on its way any more. */
    idle(): Promise<void> {
        return this.underWay === 0
            ? Promise.resolve()
            : new Promise((resolve) => this.idleListeners.push(resolve));
    }

    get<T>(path: string, params: Params = {}, options: Options = {}): Promise<Outcome<T>> {
        return this.value<T>('GET', path + queryOf(params), undefined, options);
    }

    post<T>(path: string, params: Params = {}, options: Options = {}): Promise<Outcome<T>> {
        return this.value<T>('POST', path, params, options);
    }

    put<T>(path: string, params: Params = {}, options: Options = {}): Promise<Outcome<T>> {
        return this.value<T>('PUT', path, params, options);
    }

    patch<T>(path: string, params: Params = {}, options: Options = {}): Promise<Outcome<T>> {
        return this.value<T>('PATCH', path, params, options);
    }

    delete<T>(path: string, params: Params = {}, options: Options = {}): Promise<Outcome<T>> {
        return this.value<T>('DELETE', path, params, options);
    }

    /** A list that goes on at `next`, which is a path for another call of this. */
    async page<T>(
        path: string,
        params: Params = {},
        options: Options = {},
    ): Promise<Outcome<Page<T>>> {
        const answer = await this.ask('GET', path + queryOf(params), undefined, options);
        if (!answer.ok) {
            return answer;
        }
        const { body, headers } = answer.value;
        return succeed({ items: fromWire(body) as T[], ...parseLinks(headers.get('Link')) });
    }

    /** An answer with the names of the wire: to read thousands of entities only as they are seen. */
    async wire<T>(path: string, options: Options = {}): Promise<Outcome<T>> {
        const answer = await this.ask('GET', path, undefined, options);
        return answer.ok ? succeed(answer.value.body as T) : answer;
    }

    /** An answer that is not JSON, such as the server's metrics. */
    async text(path: string, options: Options = {}): Promise<Outcome<string>> {
        const answer = await this.ask('GET', path, undefined, options);
        return answer.ok ? succeed(String(answer.value.body)) : answer;
    }

    private async value<T>(
        method: Method,
        path: string,
        params: Params | undefined,
        options: Options,
    ): Promise<Outcome<T>> {
        const answer = await this.ask(method, path, params, options);
        return answer.ok ? succeed(fromWire(answer.value.body) as T) : answer;
    }

    private async ask(
        method: Method,
        path: string,
        params: Params | undefined,
        options: Options,
    ): Promise<Outcome<Answer>> {
        const token = this.surroundings.token();
        const headers = new Headers({ Accept: 'application/json' });
        if (token !== null) {
            headers.set('Authorization', `Bearer ${token}`);
        }
        if (options.idempotencyKey !== undefined) {
            headers.set('Idempotency-Key', options.idempotencyKey);
        }
        const request: RequestInit = { method, headers, credentials: 'omit' };
        if (params !== undefined) {
            request.body = bodyOf(params);
        }
        if (options.signal !== undefined) {
            request.signal = options.signal;
        }
        this.underWay += 1;
        try {
            const response = await this.surroundings.fetch(path, request);
            const body = await readBody(response);
            if (response.ok) {
                return succeed({ body, headers: response.headers });
            }
            const failure = failureOf(
                response.status,
                response.headers,
                body,
                this.surroundings.nowMs(),
            );
            if (failure.kind === 'expired' && token !== null) {
                this.surroundings.onExpired(token);
            }
            return fail(failure);
        } catch {
            // fetch rejects for two reasons: somebody aborted, or no answer came.
            return fail({ kind: options.signal?.aborted === true ? 'aborted' : 'offline' });
        } finally {
            this.underWay -= 1;
            if (this.underWay === 0) {
                this.idleListeners.splice(0).forEach((resolve) => resolve());
            }
        }
    }
}

async function readBody(response: Response): Promise<unknown> {
    const text = await response.text();
    if (!(response.headers.get('Content-Type') ?? '').includes('json')) {
        return text;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return null; // cut off on the way, or a proxy's own page: there is no message to show
    }
}
