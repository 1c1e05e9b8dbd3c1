import type { Feature } from '~/app/feature';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { relationships } from '~/store/store';

const feature: Feature = {
    routes: [
        { path: '/@:name', load: () => import('./account_page') },
        { path: '/@:name/followers', load: () => import('./followers_page') },
        { path: '/@:name/following', load: () => import('./following_page') },
    ],
    postMenu: (status) => {
        const { account } = status;
        const own = session.peek()?.account.id;
        if (own === undefined || account.id === own) {
            return [];
        }
        const t = texts().people;
        const name = `@${account.acct}`;
        const isMuted = relationships.peek(account.id)?.muting === true;
        const dialogs = () => import('./dialogs');
        return [
            ...(isMuted
                ? []
                : [
                      {
                          label: t.muteSomebody(name),
                          icon: 'mute' as const,
                          run: () => void dialogs().then((all) => all.showMute(account)),
                      },
                  ]),
            {
                label: t.blockSomebody(name),
                icon: 'block',
                isDangerous: true,
                run: () => void dialogs().then((all) => all.askToBlock(account)),
            },
        ];
    },
};

export default feature;
