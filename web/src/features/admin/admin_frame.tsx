import type { ComponentChildren } from 'preact';
import { isAdmin, isModerator } from '~/app/navigation';
import { texts } from '~/texts/texts';
import { Chips } from '~/ui/chips';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';

type Part = 'live' | 'accounts' | 'reports';

const PATHS: Record<Part, string> = {
    live: '/admin',
    accounts: '/admin/accounts',
    reports: '/admin/reports',
};

/** Moderators act upon reports and accounts; how the server does is for admins. */
function partsOfMine(): Part[] {
    const all = Object.keys(PATHS) as Part[];
    return all.filter((part) => part !== 'live' || isAdmin());
}

interface Props {
    title: string;
    part: Part;
    /** Below the list of a part: with a way back instead of the parts. */
    isDetail?: boolean;
    actions?: ComponentChildren;
    children: ComponentChildren;
}

/** Around every page of operation; others than moderators see that it is not for them. */
export function AdminFrame({ title, part, isDetail = false, actions, children }: Props) {
    const t = texts();
    if (!isModerator()) {
        return (
            <Page title={t.nav.admin}>
                <Note icon="lock" title={t.failure.forbiddenTitle} text={t.admin.notForYou} />
            </Page>
        );
    }
    return (
        <Page title={title} hasBack={isDetail} actions={actions}>
            {!isDetail && (
                <Chips
                    label={t.nav.admin}
                    chips={partsOfMine().map((one) => ({
                        href: PATHS[one],
                        label: t.admin.parts[one],
                        isCurrent: one === part,
                    }))}
                />
            )}
            {children}
        </Page>
    );
}
