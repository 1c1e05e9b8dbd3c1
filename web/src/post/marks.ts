import { api } from '~/api/api';
import type { Status } from '~/api/types';
import { needSession } from '~/session/need_session';
import { inOrder } from '~/store/in_order';
import { keepStatus, statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { wordsFor } from '~/ui/failure_note';
import { say } from '~/ui/toast';
import { marked, type Mark } from './mark_rules';

const PATHS: Record<Mark, { on: string; off: string }> = {
    favourited: { on: 'favourite', off: 'unfavourite' },
    reblogged: { on: 'reblog', off: 'unreblog' },
    bookmarked: { on: 'bookmark', off: 'unbookmark' },
};

/** Shows the change at once, and takes it back with a word if the server does not agree. */
export async function toggleMark(id: string, mark: Mark): Promise<void> {
    const status = statuses.peek(id);
    if (status === undefined || !needSession()) {
        return;
    }
    const isOn = !(status[mark] ?? false);
    const settle = statuses.change(id, (now) => marked(now, mark, isOn));
    const action = PATHS[mark][isOn ? 'on' : 'off'];
    const answer = await inOrder(`${mark} ${id}`, () =>
        api.post<Status>(`/api/v1/statuses/${id}/${action}`),
    );
    if (!answer.ok) {
        settle();
        say(
            answer.failure.kind === 'offline'
                ? texts().post.actFailed
                : wordsFor(answer.failure, texts().failure).text,
        );
        return;
    }
    // Boosting answers the boost, which contains the post.
    const confirmed = answer.value.reblog ?? answer.value;
    keepStatus(answer.value);
    settle(confirmed);
}
