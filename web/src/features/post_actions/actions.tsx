import { api } from '~/api/api';
import type { Status } from '~/api/types';
import { navigate } from '~/router/router';
import { session } from '~/session/session';
import { inOrder } from '~/store/in_order';
import { keepStatus, statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { confirm, showDialog } from '~/ui/dialogs';
import { sayFailure } from '~/ui/say_failure';
import { say } from '~/ui/toast';
import { contextKey, contextPath, draftOf, type Context, type Source } from '../compose/draft';
import { Drafts } from '../compose/drafts';
import { ReportDialog } from './report_dialog';

/** Shown at once, taken back with a word if the server does not agree. */
async function change(
    id: string,
    what: Partial<Status>,
    action: string,
    done: string,
): Promise<void> {
    const settle = statuses.change(id, (now) => ({ ...now, ...what }));
    const answer = await inOrder(`${Object.keys(what).join()} ${id}`, () =>
        api.post<Status>(`/api/v1/statuses/${id}/${action}`),
    );
    if (answer.ok) {
        keepStatus(answer.value);
        settle(answer.value);
        say(done);
    } else {
        settle();
        sayFailure(answer.failure);
    }
}

export function setPinned(id: string, isOn: boolean): Promise<void> {
    const t = texts().postActions;
    return change(id, { pinned: isOn }, isOn ? 'pin' : 'unpin', isOn ? t.pinned : t.unpinned);
}

export function setThreadMuted(id: string, isOn: boolean): Promise<void> {
    const t = texts().postActions;
    const done = isOn ? t.threadMuted : t.threadUnmuted;
    return change(id, { muted: isOn }, isOn ? 'mute' : 'unmute', done);
}

/** The text is kept as a draft before the post goes, so that nothing is lost in between. */
export async function redraft(status: Status): Promise<void> {
    const t = texts().postActions;
    const account = session.peek()?.account.id;
    const isSure = await confirm({
        title: t.redraftTitle,
        text: t.redraftText,
        action: t.redraftAction,
        isDangerous: true,
    });
    if (!isSure || account === undefined) {
        return;
    }
    const path = `/api/v1/statuses/${status.id}`;
    const source = await api.get<Source>(`${path}/source`);
    if (!source.ok) {
        sayFailure(source.failure);
        return;
    }
    const context: Context = { kind: 'redraft', id: status.id };
    const drafts = new Drafts(localStorage, account);
    if (!drafts.put(contextKey(context), draftOf(status, source.value))) {
        say(texts().compose.notKept);
        return;
    }
    const gone = await api.delete(path);
    if (!gone.ok && gone.failure.kind !== 'absent') {
        drafts.remove(contextKey(context));
        sayFailure(gone.failure);
        return;
    }
    statuses.remove(status.id);
    navigate(contextPath(context));
}

export function showReport(status: Status): void {
    showDialog((close) => (
        <ReportDialog account={status.account} status={status} onClose={close} />
    ));
}
