import type { Account } from '~/api/types';
import { session } from '~/session/session';
import { accounts } from '~/store/store';
import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList } from '../entries/entry_list';
import { accountSource, type Source } from '../entries/source';
import { FollowRequestButtons } from '../notifications/follow_request_buttons';
import { Person } from '~/account/person';

/** Who asks to follow: yes or no, one by one. */
export default function FollowRequestsPage() {
    const t = texts().relations;
    const source = accountSource('/api/v1/follow_requests');
    const isLocked = session.value?.account.locked === true;
    return (
        <Page title={t.requests} hasBack>
            <AccountList
                source={source}
                label={t.requests}
                empty={
                    <Note
                        icon="personAdd"
                        title={t.noRequestsTitle}
                        text={isLocked ? t.noRequests : t.noRequestsUnlocked}
                    />
                }
                render={(id) => <Row id={id} source={source} />}
            />
        </Page>
    );
}

function Row({ id, source }: { id: string; source: Source<Account> }) {
    const account = accounts.watch(id).value;
    return account === undefined ? null : (
        <Person account={account}>
            <FollowRequestButtons account={account} onSettled={() => source.feed.remove(id)} />
        </Person>
    );
}
