import { useState } from 'preact/hooks';
import type { Failure } from '~/api/failure';
import type { List } from '~/api/types';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Dialog, DialogButtons } from '~/ui/dialog';
import { showDialog } from '~/ui/dialogs';
import { wordsFor } from '~/ui/failure_note';
import { RadioField, SwitchField, TextField } from '~/ui/field';
import { saveList, type ListChoices } from './own_lists';
import styles from './lists.module.css';

interface Props {
    list: List | null;
    onSaved: (list: List) => void;
    onClose: () => void;
}

/** Makes a list, or changes one. */
export function showListDialog(list: List | null, onSaved: (list: List) => void): void {
    showDialog((close) => <ListDialog list={list} onSaved={onSaved} onClose={close} />);
}

function ListDialog({ list, onSaved, onClose }: Props) {
    const t = texts().lists;
    const [choices, setChoices] = useState<ListChoices>({
        title: list?.title ?? '',
        repliesPolicy: list?.repliesPolicy ?? 'list',
        exclusive: list?.exclusive ?? false,
    });
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isBusy, setBusy] = useState(false);
    const change = (part: Partial<ListChoices>): void => setChoices((now) => ({ ...now, ...part }));

    async function save(): Promise<void> {
        setBusy(true);
        setFailure(null);
        const answer = await saveList(list?.id ?? null, {
            ...choices,
            title: choices.title.trim(),
        });
        setBusy(false);
        if (answer.ok) {
            onClose();
            onSaved(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }

    return (
        <Dialog title={list === null ? t.create : t.edit} onClose={onClose}>
            <form
                class={styles.form}
                onSubmit={(event) => {
                    event.preventDefault();
                    void save();
                }}
            >
                <TextField
                    label={t.name}
                    value={choices.title}
                    required
                    maxLength={100}
                    problem={failure === null ? undefined : wordsFor(failure, texts().failure).text}
                    onText={(title) => change({ title })}
                />
                <RadioField
                    legend={t.replies}
                    value={choices.repliesPolicy}
                    choices={[
                        { value: 'list', label: t.repliesOf.list },
                        { value: 'followed', label: t.repliesOf.followed },
                        { value: 'none', label: t.repliesOf.none },
                    ]}
                    onChoice={(repliesPolicy) => change({ repliesPolicy })}
                />
                <SwitchField
                    label={t.exclusive}
                    hint={t.exclusiveHint}
                    checked={choices.exclusive}
                    onToggle={(exclusive) => change({ exclusive })}
                />
                <DialogButtons>
                    <Button kind="quiet" onClick={onClose}>
                        {texts().app.cancel}
                    </Button>
                    <Button type="submit" disabled={isBusy || choices.title.trim() === ''}>
                        {list === null ? t.make : texts().settings.save}
                    </Button>
                </DialogButtons>
            </form>
        </Dialog>
    );
}
