import { webcrypto } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { challengeOf, makeProof } from './pkce';

beforeAll(() => {
    // Node.js 18 has it, but not yet as a global.
    globalThis.crypto ??= webcrypto as Crypto;
});

describe('PKCE', () => {
    it('makes the challenge of RFC 7636, appendix B', async () => {
        expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
            'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        );
    });

    it('makes verifiers of the length and letters that the RFC asks for', async () => {
        const { verifier } = await makeProof();
        expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
    });
});
