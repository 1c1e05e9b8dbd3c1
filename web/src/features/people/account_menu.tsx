import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import type { MenuItem } from '~/ui/menu';
import { MenuButton } from '~/ui/menu_button';
import { say } from '~/ui/toast';
import { showChooseLists } from '../lists/choose_lists_dialog';
import { unblock, unmute } from '../relations/relate';
import { askToBlock, askToRemoveFollower, showMute, showNote, showReport } from './dialogs';
import { toggleBoosts } from './follow_options';

function itemsFor(account: Account): MenuItem[] {
    const t = texts().people;
    const { id } = account;
    const now = relationships.peek(id);
    const name = nameOf(account);
    const items: MenuItem[] = [];
    if (now?.following === true) {
        const label = now.showingReblogs ? t.hideBoosts : t.showBoosts;
        items.push(
            { label, icon: 'boost', run: () => void toggleBoosts(id) },
            { label: t.lists, icon: 'list', run: () => showChooseLists(account) },
        );
    }
    items.push({ label: t.writeNote, icon: 'edit', run: () => showNote(account) });
    if (now?.followedBy === true) {
        items.push({
            label: t.removeFollower,
            icon: 'person',
            run: () => void askToRemoveFollower(account),
        });
    }
    if (now?.muting === true) {
        items.push({
            label: texts().relations.unmute,
            icon: 'mute',
            run: () =>
                void unmute(id).then((isDone) => {
                    if (isDone) {
                        say(t.unmuted(name));
                    }
                }),
        });
    } else {
        items.push({ label: t.mute, icon: 'mute', run: () => showMute(account) });
    }
    items.push(
        now?.blocking === true
            ? { label: texts().relations.unblock, icon: 'block', run: () => void unblock(id) }
            : {
                  label: t.block,
                  icon: 'block',
                  isDangerous: true,
                  run: () => void askToBlock(account),
              },
        { label: t.report, icon: 'flag', isDangerous: true, run: () => showReport(account) },
    );
    return items;
}

export function AccountMenu({ account }: { account: Account }) {
    return (
        <MenuButton label={texts().people.menu(nameOf(account))} items={() => itemsFor(account)} />
    );
}
