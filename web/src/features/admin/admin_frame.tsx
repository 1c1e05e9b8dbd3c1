import type { ComponentChildren } from 'preact';
import { isAdmin, isModerator } from '~/app/navigation';
import { texts } from '~/texts/texts';
import { Chips } from '~/ui/chips';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';

type Part = 'live' | 'limits' | 'accounts' | 'reports';

const PATHS: Record<Part, string> = {
    live: '/admin',
    limits: '/admin/limits',
    accounts: '/admin/accounts',
    reports: '/admin/reports',
};

/** Moderators act upon reports and accounts; how the server does, and whom it limits, is for admins. */
function isForMe(part: Part): boolean {
    return isAdmin() || (isModerator() && part !== 'live' && part !== 'limits');
}

interface Props {
    title: string;
    part: Part;
    /** Below the list of a part: with a way back instead of the parts. */
    isDetail?: boolean;
    actions?: ComponentChildren;
    children: ComponentChildren;
}

/** Around every page of operation; those for whom it is not see that. */
export function AdminFrame({ title, part, isDetail = false, actions, children }: Props) {
    const t = texts();
    if (!isForMe(part)) {
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
                    chips={(Object.keys(PATHS) as Part[]).filter(isForMe).map((one) => ({
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
