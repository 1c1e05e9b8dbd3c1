import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { ownId } from '~/session/session';
import { relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList } from '../entries/entry_list';
import { accountSource } from '../entries/source';
import { PersonNote } from './person_note';
import { usePerson } from './use_person';

/** Somebody's followers, or whom they follow. */
export function PeopleList({ name, which }: { name: string; which: 'followers' | 'following' }) {
    const t = texts().people;
    const person = usePerson(name);
    const { account } = person;
    if (account === undefined) {
        return (
            <Page title={`@${name}`} hasBack>
                <PersonNote person={person} />
            </Page>
        );
    }
    const title = t[which](nameOf(account));
    return (
        <Page title={title} hasBack>
            <Content account={account} which={which} title={title} />
        </Page>
    );
}

interface Props {
    account: Account;
    which: 'followers' | 'following';
    title: string;
}

function Content({ account, which, title }: Props) {
    const t = texts().people;
    const name = nameOf(account);
    const isOwn = ownId.value === account.id;
    if (account.suspended === true) {
        return <Note icon="block" title={t.suspendedTitle} text={t.suspended(name)} />;
    }
    if (relationships.watch(account.id).value?.blockedBy === true) {
        return <Note icon="block" title={t.blockedByTitle} text={t.blockedBy(name)} />;
    }
    if ((account as { hideCollections?: boolean | null }).hideCollections === true && !isOwn) {
        return <Note icon="eyeOff" title={t.hiddenTitle} text={t.hidden(name)} />;
    }
    return (
        <AccountList
            source={accountSource(`/api/v1/accounts/${account.id}/${which}`)}
            label={title}
            withNote
            empty={<Note icon="people" title={t.nobodyTitle} text={t.nobody[which](name)} />}
        />
    );
}
