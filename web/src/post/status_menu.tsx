import { api } from '~/api/api';
import type { Status } from '~/api/types';
import { features } from '~/app/feature';
import { matchRoute, navigate } from '~/router/router';
import { session } from '~/session/session';
import { statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { confirm } from '~/ui/dialogs';
import type { MenuItem } from '~/ui/menu';
import { MenuButton } from '~/ui/menu_button';
import { sayFailure } from '~/ui/say_failure';
import { say } from '~/ui/toast';
import { statusPath } from './paths';

async function copyLink(status: Status): Promise<void> {
    const t = texts().menu;
    try {
        await navigator.clipboard.writeText(status.url ?? status.uri);
        say(t.copied);
    } catch {
        say(t.copyFailed);
    }
}

async function deletePost(status: Status): Promise<void> {
    const t = texts().menu;
    const isSure = await confirm({
        title: t.deleteTitle,
        text: t.deleteText,
        action: t.delete,
        isDangerous: true,
    });
    if (!isSure) {
        return;
    }
    const answer = await api.delete(`/api/v1/statuses/${status.id}`);
    if (answer.ok || answer.failure.kind === 'absent') {
        statuses.remove(status.id);
        say(t.deleted);
    } else {
        sayFailure(answer.failure);
    }
}

function itemsFor(status: Status): MenuItem[] {
    const t = texts().menu;
    const path = statusPath(status);
    const items: MenuItem[] = [];
    if (matchRoute(path) !== null) {
        items.push({ label: t.openPost, icon: 'reply', run: () => navigate(path) });
    }
    items.push({ label: t.copyLink, icon: 'link', run: () => void copyLink(status) });
    items.push(...features.flatMap((feature) => feature.postMenu?.(status) ?? []));
    if (status.account.id === session.peek()?.account.id) {
        items.push({
            label: t.delete,
            icon: 'trash',
            isDangerous: true,
            run: () => void deletePost(status),
        });
    }
    // What cannot be undone, or is meant to hurt, comes last.
    return items.sort((a, b) => Number(a.isDangerous ?? false) - Number(b.isDangerous ?? false));
}

export function StatusMenu({ status }: { status: Status }) {
    return <MenuButton label={texts().menu.open} items={() => itemsFor(status)} />;
}
