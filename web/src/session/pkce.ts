/** Proof Key for Code Exchange (RFC 7636), method S256. */
export interface Proof {
    verifier: string;
    challenge: string;
}

function base64url(bytes: Uint8Array): string {
    return btoa(String.fromCharCode(...bytes))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');
}

export function randomText(): string {
    return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

export async function challengeOf(verifier: string): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    return base64url(new Uint8Array(digest));
}

export async function makeProof(): Promise<Proof> {
    const verifier = randomText();
    return { verifier, challenge: await challengeOf(verifier) };
}
