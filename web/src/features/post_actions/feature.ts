import type { Status } from '~/api/types';
import type { Feature } from '~/app/feature';
import { statusPath } from '~/post/paths';
import { navigate } from '~/router/router';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import type { MenuItem } from '~/ui/menu';
import { say } from '~/ui/toast';

/** What is done is loaded when somebody wants it. */
function act(run: (actions: typeof import('./actions')) => void): void {
    import('./actions').then(run, () => say(texts().failure.pageLoad));
}

function itemsForAuthor(status: Status): MenuItem[] {
    const t = texts().postActions;
    const items: MenuItem[] = [
        { label: t.edit, icon: 'edit', run: () => navigate(`/compose?edit=${status.id}`) },
        {
            label: t.redraft,
            icon: 'trash',
            run: () => act(({ redraft }) => void redraft(status)),
        },
    ];
    if (status.visibility !== 'direct') {
        const isPinned = status.pinned === true;
        items.unshift({
            label: isPinned ? t.unpin : t.pin,
            icon: 'pin',
            run: () => act(({ setPinned }) => void setPinned(status.id, !isPinned)),
        });
    }
    return items;
}

function postMenu(status: Status): MenuItem[] {
    const t = texts().postActions;
    const path = statusPath(status);
    const items: MenuItem[] = [];
    const goTo = (label: string, icon: MenuItem['icon'], page: string): void => {
        items.push({ label, icon, run: () => navigate(`${path}/${page}`) });
    };
    if (status.favouritesCount > 0) {
        goTo(t.seeFavourites, 'heart', 'favourites');
    }
    if (status.reblogsCount > 0) {
        goTo(t.seeBoosts, 'boost', 'boosts');
    }
    if (status.editedAt !== null) {
        goTo(t.history, 'edit', 'history');
    }
    const own = session.peek()?.account.id;
    if (own === undefined) {
        return items;
    }
    const isMuted = status.muted === true;
    items.push({
        label: isMuted ? t.unmuteThread : t.muteThread,
        icon: isMuted ? 'bell' : 'mute',
        run: () => act(({ setThreadMuted }) => void setThreadMuted(status.id, !isMuted)),
    });
    if (status.account.id === own) {
        items.push(...itemsForAuthor(status));
    } else {
        items.push({
            label: t.report,
            icon: 'flag',
            isDangerous: true,
            run: () => act(({ showReport }) => showReport(status)),
        });
    }
    return items;
}

const feature: Feature = {
    routes: [
        { path: '/@:name/:id/favourites', load: () => import('./favourited_by_page') },
        { path: '/@:name/:id/boosts', load: () => import('./boosted_by_page') },
        { path: '/@:name/:id/history', load: () => import('./history_page') },
    ],
    postMenu,
};

export default feature;
