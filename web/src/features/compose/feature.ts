import type { Feature } from '~/app/feature';
import { composePath } from '~/post/paths';
import { navigate, visit } from '~/router/router';
import { session } from '~/session/session';
import { startOutbox } from './outgoing';
import { OutgoingInHome } from './outgoing_posts';

/** On narrow windows the keyboard takes half of the height: a page of its own is calmer. */
const WIDE = '(min-width: 44rem)';

const loadDialog = () => import('./compose_dialog');

/** Fetched ahead when there is nothing else to do: one can write when the server is away, too. */
const AHEAD_MS = 3_000;

function start(): void {
    startOutbox();
    if (session.peek() !== null) {
        setTimeout(() => void loadDialog().catch(() => undefined), AHEAD_MS);
    }
}

function compose(inReplyTo?: string): void {
    if (!matchMedia(WIDE).matches || visit.peek()?.path === composePath()) {
        navigate(composePath(inReplyTo));
        return;
    }
    loadDialog().then(
        ({ showComposer }) =>
            showComposer(
                inReplyTo === undefined ? { kind: 'new' } : { kind: 'reply', to: inReplyTo },
            ),
        () => navigate(composePath(inReplyTo)), // which says that it did not load
    );
}

const feature: Feature = {
    routes: [{ path: '/compose', load: () => import('./compose_page'), needsSession: true }],
    start,
    compose,
    homeTop: OutgoingInHome,
};

export default feature;
