import { nameOf } from '~/account/name';
import { accounts, relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList } from '../entries/entry_list';
import { accountSource } from '../entries/source';
import { Person } from '~/account/person';
import { block, unblock } from './relate';

export default function BlocksPage() {
    const t = texts().relations;
    return (
        <Page title={t.blocks} hasBack>
            <AccountList
                source={accountSource('/api/v1/blocks')}
                label={t.blocks}
                empty={<Note icon="block" title={t.noBlocksTitle} text={t.noBlocks} />}
                render={(id) => <Row id={id} />}
            />
        </Page>
    );
}

/** Stays in sight after one changed one's mind, so that one can change it again. */
function Row({ id }: { id: string }) {
    const t = texts().relations;
    const account = accounts.watch(id).value;
    const isOn = relationships.watch(id).value?.blocking ?? true;
    if (account === undefined) {
        return null;
    }
    const label = isOn ? t.unblock : t.block;
    return (
        <Person account={account}>
            <Button
                small
                kind="quiet"
                aria-label={`${label}: ${nameOf(account)}`}
                onClick={() => void (isOn ? unblock(id) : block(id))}
            >
                {label}
            </Button>
        </Person>
    );
}
