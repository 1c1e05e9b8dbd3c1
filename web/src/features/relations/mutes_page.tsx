import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { accounts, relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import { language } from '~/texts/texts';
import { fullMoment } from '~/time/relative';
import { Button } from '~/ui/button';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList } from '../entries/entry_list';
import { accountSource } from '../entries/source';
import { Person } from '~/account/person';
import { mute, unmute } from './relate';

export default function MutesPage() {
    const t = texts().relations;
    return (
        <Page title={t.mutes} hasBack>
            <AccountList
                source={accountSource('/api/v1/mutes')}
                label={t.mutes}
                empty={<Note icon="mute" title={t.noMutesTitle} text={t.noMutes} />}
                render={(id) => <Row id={id} />}
            />
        </Page>
    );
}

/** Stays in sight after one changed one's mind, so that one can change it again. */
function Row({ id }: { id: string }) {
    const t = texts().relations;
    const account = accounts.watch(id).value;
    const isOn = relationships.watch(id).value?.muting ?? true;
    if (account === undefined) {
        return null;
    }
    const label = isOn ? t.unmute : t.mute;
    return (
        <Person account={account} fact={until(account)}>
            <Button
                small
                kind="quiet"
                aria-label={`${label}: ${nameOf(account)}`}
                onClick={() => void (isOn ? unmute(id) : mute(id, 0, true))}
            >
                {label}
            </Button>
        </Person>
    );
}

function until(account: Account): string | undefined {
    const moment = (account as { muteExpiresAt?: string | null }).muteExpiresAt;
    return moment === null || moment === undefined
        ? undefined
        : texts().relations.until(fullMoment(Date.parse(moment), language.value));
}
