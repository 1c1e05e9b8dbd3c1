import { useEffect, useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Account, List } from '~/api/types';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Dialog, DialogButtons } from '~/ui/dialog';
import { showDialog } from '~/ui/dialogs';
import { FailureNote } from '~/ui/failure_note';
import { CheckField } from '~/ui/field';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { showListDialog } from './list_dialog';
import { listsFailure, loadLists, ownLists, putMember } from './own_lists';
import styles from './lists.module.css';

/** In which of one's lists somebody is. */
export function showChooseLists(account: Account): void {
    showDialog((close) => <ChooseLists account={account} onClose={close} />);
}

function ChooseLists({ account, onClose }: { account: Account; onClose: () => void }) {
    const t = texts().lists;
    const lists = ownLists.value;
    const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const [answer] = await Promise.all([
            api.get<List[]>(`/api/v1/accounts/${account.id}/lists`),
            loadLists(),
        ]);
        if (answer.ok) {
            setChosen(new Set(answer.value.map(({ id }) => id)));
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), []);

    async function put(list: List, isMember: boolean): Promise<void> {
        const withOut = (isIn: boolean) => (now: ReadonlySet<string> | null) => {
            const next = new Set(now);
            return isIn ? next.add(list.id) : (next.delete(list.id), next);
        };
        setChosen(withOut(isMember));
        const answer = await putMember(list.id, account.id, isMember);
        if (!answer.ok) {
            setChosen(withOut(!isMember));
            sayFailure(answer.failure);
        }
    }

    const problem = failure ?? listsFailure.value;
    return (
        <Dialog title={t.choose(nameOf(account))} onClose={onClose}>
            {problem !== null && <FailureNote failure={problem} onRetry={() => void load()} />}
            {problem === null && (lists === null || chosen === null) && <SkeletonCards count={2} />}
            {problem === null && lists !== null && chosen !== null && (
                <div class={styles.choices}>
                    {lists.length === 0 && <p>{t.none}</p>}
                    {lists.map((list) => (
                        <CheckField
                            key={list.id}
                            label={list.title}
                            checked={chosen.has(list.id)}
                            onToggle={(isMember) => void put(list, isMember)}
                        />
                    ))}
                </div>
            )}
            <DialogButtons>
                <Button
                    kind="quiet"
                    icon="plus"
                    onClick={() => showListDialog(null, (list) => void put(list, true))}
                >
                    {t.create}
                </Button>
                <Button onClick={onClose}>{t.done}</Button>
            </DialogButtons>
        </Dialog>
    );
}
