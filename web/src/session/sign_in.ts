import { api } from '~/api/api';
import { matchRoute } from '~/router/router';
import { Client } from '~/api/client';
import type { Failure } from '~/api/failure';
import type { CredentialAccount } from '~/api/types';
import { forgetEverything } from '~/store/store';
import { texts } from '~/texts/texts';
import { say } from '~/ui/toast';
import { makeProof, randomText } from './pkce';
import { endSession, session, startSession, updateOwnAccount } from './session';

/** The app's own entry in the server's table of clients: public, so it proves itself by PKCE. */
const CLIENT_ID = 'rookery-web';
const SCOPES = 'read write follow push admin:read admin:write profile';
const ATTEMPT_KEY = 'rookery.sign_in';

interface Attempt {
    state: string;
    verifier: string;
    /** Where to go on afterwards. */
    returnTo: string;
}

function redirectUri(): string {
    return `${location.origin}/auth/callback`;
}

/** Without a secure context browsers have no SHA-256, and PKCE cannot be done: it is said. */
function canSignIn(): boolean {
    if (!window.isSecureContext) {
        say(texts().session.insecure);
    }
    return window.isSecureContext;
}

/** The address of the server's own pages where one signs in (or up) and comes back from. */
async function authorizePath(returnTo: string): Promise<string> {
    const { verifier, challenge } = await makeProof();
    const attempt: Attempt = { state: randomText(), verifier, returnTo };
    sessionStorage.setItem(ATTEMPT_KEY, JSON.stringify(attempt));
    const query = new URLSearchParams({
        response_type: 'code',
        client_id: CLIENT_ID,
        redirect_uri: redirectUri(),
        scope: SCOPES,
        state: attempt.state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
    });
    return `/oauth/authorize?${query.toString()}`;
}

function here(): string {
    const isDoor = ['/', '/auth/callback'].includes(location.pathname);
    return isDoor ? '/home' : location.pathname + location.search;
}

export async function signIn(returnTo = here()): Promise<void> {
    if (canSignIn()) {
        location.assign(await authorizePath(returnTo));
    }
}

/** Newcomers are led to the page that suggests whom to follow. */
function firstPage(): string {
    return matchRoute('/welcome') === null ? '/home' : '/welcome';
}

export async function signUp(returnTo = firstPage()): Promise<void> {
    if (!canSignIn()) {
        return;
    }
    const path = await authorizePath(returnTo);
    location.assign(`/auth/sign_up?return_to=${encodeURIComponent(path)}`);
}

export type SignInProblem = 'refused' | 'stale' | Failure;

/** What /auth/callback does: turns the code into a session. Answers where to go on. */
export async function finishSignIn(
    query: URLSearchParams,
): Promise<{ returnTo: string } | { problem: SignInProblem }> {
    const attempt = takeAttempt();
    if (query.has('error')) {
        return { problem: 'refused' };
    }
    const code = query.get('code');
    if (attempt === null || code === null || query.get('state') !== attempt.state) {
        return { problem: 'stale' };
    }
    const asVisitor = clientWith(null);
    const granted = await asVisitor.post<{ accessToken: string }>('/oauth/token', {
        grantType: 'authorization_code',
        clientId: CLIENT_ID,
        redirectUri: redirectUri(),
        code,
        codeVerifier: attempt.verifier,
    });
    if (!granted.ok) {
        return { problem: granted.failure.kind === 'invalid' ? 'stale' : granted.failure };
    }
    const token = granted.value.accessToken;
    const account = await clientWith(token).get<CredentialAccount>(
        '/api/v1/accounts/verify_credentials',
    );
    if (!account.ok) {
        return { problem: account.failure };
    }
    forgetEverything();
    startSession({ token, account: account.value });
    return { returnTo: attempt.returnTo };
}

/** Ends the session here at once, and at the server as soon as it hears of it. */
export async function signOut(): Promise<void> {
    const token = session.peek()?.token;
    endSession();
    forgetEverything();
    if (token !== undefined) {
        await clientWith(null).post('/oauth/revoke', { clientId: CLIENT_ID, token });
    }
    // A fresh start: nothing that was read with the session stays in memory.
    location.assign('/');
}

/** Notices at the start that a session was revoked meanwhile, or the account changed. */
export async function refreshOwnAccount(): Promise<void> {
    if (session.peek() === null) {
        return;
    }
    const account = await api.get<CredentialAccount>('/api/v1/accounts/verify_credentials');
    if (account.ok) {
        updateOwnAccount(account.value);
    }
}

function clientWith(token: string | null): Client {
    return new Client({
        fetch: (input, init) => fetch(input, init),
        nowMs: () => Date.now(),
        token: () => token,
        onExpired: () => undefined,
    });
}

function takeAttempt(): Attempt | null {
    const kept = sessionStorage.getItem(ATTEMPT_KEY);
    sessionStorage.removeItem(ATTEMPT_KEY);
    try {
        return kept === null ? null : (JSON.parse(kept) as Attempt);
    } catch {
        return null;
    }
}
