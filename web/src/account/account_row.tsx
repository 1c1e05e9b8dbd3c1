import { accounts } from '~/store/store';
import { AccountNote } from './account_note';
import { FollowButton } from './follow_button';
import { Person } from './person';

interface Props {
    id: string;
    /** With what the account says of itself. */
    withNote?: boolean;
}

/** An account that one may follow. Call `loadRelationships` for the page of them, or no button appears. */
export function AccountRow({ id, withNote = false }: Props) {
    const account = accounts.watch(id).value;
    if (account === undefined) {
        return null;
    }
    return (
        <Person
            account={account}
            below={withNote && account.note !== '' ? <AccountNote account={account} /> : undefined}
        >
            <FollowButton account={account} />
        </Person>
    );
}
