import { describe, expect, it } from 'vitest';
import { Client } from './client';

interface Asked {
    path: string;
    init: RequestInit;
}

function clientThatHears(answer: () => Response | Promise<Response>, token: string | null = 't') {
    const asked: Asked[] = [];
    const expired: string[] = [];
    const client = new Client({
        fetch: async (path, init) => {
            asked.push({ path: String(path), init: init! });
            return answer();
        },
        nowMs: () => 1_000,
        token: () => token,
        onExpired: (which) => expired.push(which),
    });
    return { client, asked, expired };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
    return new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json', ...headers },
    });
}

describe('Client', () => {
    it('speaks the names of the wire', async () => {
        const { client, asked } = clientThatHears(() => json({ created_at: 'x', a: [{ b_c: 1 }] }));
        const answer = await client.post('/p', {
            inReplyToId: '1',
            ids: ['a', 'b'],
            poll: { expiresIn: 60, options: ['x'] },
            absent: null,
        });
        expect(answer).toEqual({ ok: true, value: { createdAt: 'x', a: [{ bC: 1 }] } });
        expect(String(asked[0]!.init.body)).toBe(
            new URLSearchParams([
                ['in_reply_to_id', '1'],
                ['ids[]', 'a'],
                ['ids[]', 'b'],
                ['poll[expires_in]', '60'],
                ['poll[options][]', 'x'],
            ]).toString(),
        );
    });

    it('sends the token and the key of a post', async () => {
        const { client, asked } = clientThatHears(() => json({}));
        await client.post('/p', {}, { idempotencyKey: 'k' });
        const headers = asked[0]!.init.headers as Headers;
        expect(headers.get('Authorization')).toBe('Bearer t');
        expect(headers.get('Idempotency-Key')).toBe('k');
    });

    it('pages by the Link header, whatever the host in it', async () => {
        const link = '<https://else.example/api/x?limit=2&max_id=5>; rel="next"';
        const { client } = clientThatHears(() => json([{ id: '6' }], 200, { Link: link }));
        expect(await client.page('/api/x', { limit: 2 })).toEqual({
            ok: true,
            value: { items: [{ id: '6' }], next: '/api/x?limit=2&max_id=5', prev: null },
        });
    });

    it('tells that the session has expired, and of whom', async () => {
        const { client, expired } = clientThatHears(() => json({ error: 'revoked' }, 401));
        expect(await client.get('/p')).toEqual({
            ok: false,
            failure: { kind: 'expired', message: 'revoked' },
        });
        expect(expired).toEqual(['t']);
    });

    it('does not call a visitor expired', async () => {
        const { client, expired } = clientThatHears(() => json({ error: 'who?' }, 401), null);
        await client.get('/p');
        expect(expired).toEqual([]);
    });

    it.each([
        [403, {}, { kind: 'forbidden', message: 'e' }],
        [404, {}, { kind: 'absent', message: 'e' }],
        [410, {}, { kind: 'absent', message: 'e' }],
        [429, { 'Retry-After': '3' }, { kind: 'throttled', message: 'e', retryAtMs: 4_000 }],
        [503, {}, { kind: 'busy', message: 'e', retryAtMs: 6_000 }],
        [500, {}, { kind: 'broken', message: 'e', status: 500 }],
    ])('names what %i means', async (status, headers, failure) => {
        const { client } = clientThatHears(() => json({ error: 'e' }, status, headers));
        expect(await client.get('/p')).toEqual({ ok: false, failure });
    });

    it('says what is wrong with which field', async () => {
        const details = { username: [{ error: 'ERR_TAKEN', description: 'is taken' }] };
        const { client } = clientThatHears(() => json({ error: 'Invalid', details }, 422));
        expect(await client.post('/p')).toEqual({
            ok: false,
            failure: { kind: 'invalid', message: 'Invalid', fields: { username: 'is taken' } },
        });
    });

    it('takes a server that does not answer as offline, and an abort as one', async () => {
        const { client } = clientThatHears(() => Promise.reject(new TypeError('no network')));
        expect(await client.get('/p')).toEqual({ ok: false, failure: { kind: 'offline' } });
        const abort = new AbortController();
        abort.abort();
        expect(await client.get('/p', {}, { signal: abort.signal })).toEqual({
            ok: false,
            failure: { kind: 'aborted' },
        });
    });

    it('survives a body that is cut off', async () => {
        const { client } = clientThatHears(
            () =>
                new Response('{"error":"ha', {
                    status: 500,
                    headers: { 'Content-Type': 'application/json' },
                }),
        );
        expect(await client.get('/p')).toEqual({
            ok: false,
            failure: { kind: 'broken', message: '', status: 500 },
        });
    });

    it('is idle once the last request has its answer', async () => {
        const answers: ((answer: Response) => void)[] = [];
        const { client } = clientThatHears(() => new Promise((resolve) => answers.push(resolve)));
        await client.idle();
        const both = [client.get('/a'), client.get('/b')];
        let isIdle = false;
        const idle = client.idle().then(() => (isIdle = true));
        answers[0]!(json({}));
        await both[0];
        expect(isIdle).toBe(false);
        answers[1]!(json({}));
        await idle;
    });

    it('leaves the names of the wire where that is asked for', async () => {
        const { client } = clientThatHears(() => json([{ created_at: 'x' }]));
        expect(await client.wire('/p')).toEqual({ ok: true, value: [{ created_at: 'x' }] });
    });
});
