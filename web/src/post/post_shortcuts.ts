import { useShortcuts } from '~/shortcuts/shortcuts';
import { statuses } from '~/store/store';
import { ownId } from '~/session/session';
import { texts } from '~/texts/texts';
import { mayBoost } from './mark_rules';
import { toggleMark } from './marks';
import { selectedStatusId } from './selection';
import { startReply } from './reply';

/** The post that the keys are about: of a boost, the boosted one. */
function selectedPost() {
    const entry = statuses.peek(selectedStatusId.peek() ?? '');
    return entry?.reblog ? statuses.peek(entry.reblog.id) : entry;
}

/** r, f, b and m, for the post that has the focus. */
export function usePostShortcuts(): void {
    const t = texts().shortcuts;
    useShortcuts([
        {
            key: 'r',
            group: 'feeds',
            label: t.reply,
            run: () => {
                const post = selectedPost();
                if (post !== undefined) {
                    startReply(post.id);
                }
            },
        },
        {
            key: 'f',
            group: 'feeds',
            label: t.favourite,
            run: () => {
                const post = selectedPost();
                if (post !== undefined) {
                    void toggleMark(post.id, 'favourited');
                }
            },
        },
        {
            key: 'b',
            group: 'feeds',
            label: t.boost,
            run: () => {
                const post = selectedPost();
                if (post !== undefined && mayBoost(post, ownId.peek())) {
                    void toggleMark(post.id, 'reblogged');
                }
            },
        },
        {
            key: 'm',
            group: 'feeds',
            label: t.bookmark,
            run: () => {
                const post = selectedPost();
                if (post !== undefined) {
                    void toggleMark(post.id, 'bookmarked');
                }
            },
        },
    ]);
}
