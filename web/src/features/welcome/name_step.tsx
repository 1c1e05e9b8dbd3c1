import { useState } from 'preact/hooks';
import type { Failure } from '~/api/failure';
import type { CredentialAccount } from '~/api/types';
import { texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { Button } from '~/ui/button';
import { TextArea, TextField } from '~/ui/field';
import { FormProblem } from '../settings/form_problem';
import { changeOwnAccount } from '../settings/own_account';
import styles from './welcome.module.css';

const NAME_MAX = 30;
const NOTE_MAX = 500;

interface Props {
    account: CredentialAccount;
    onNext: () => void;
}

export function NameStep({ account, onNext }: Props) {
    const t = texts().welcome;
    const profile = texts().settings.profile;
    const [name, setName] = useState(account.displayName);
    const [note, setNote] = useState(account.source.note ?? '');
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isBusy, setBusy] = useState(false);

    async function save(): Promise<void> {
        setBusy(true);
        setFailure(null);
        const answer = await changeOwnAccount({ displayName: name.trim(), note });
        setBusy(false);
        if (answer.ok) {
            onNext();
        } else {
            setFailure(answer.failure);
        }
    }
    return (
        <form
            class={styles.step}
            onSubmit={(event) => {
                event.preventDefault();
                void save();
            }}
        >
            <div class={styles.hello}>
                <Avatar account={{ ...account, displayName: name }} size="large" />
                <div>
                    <h2 class={styles.title}>{t.hello(name.trim() || account.username)}</h2>
                    <p class={styles.soft}>{t.address(`@${account.acct}`)}</p>
                </div>
            </div>
            <TextField
                label={profile.displayName}
                hint={profile.displayNameHint}
                value={name}
                autocomplete="name"
                maxLength={NAME_MAX}
                onText={setName}
            />
            <TextArea
                label={profile.note}
                hint={t.noteHint}
                rows={3}
                maxLength={NOTE_MAX}
                value={note}
                onText={setNote}
            />
            <FormProblem failure={failure} />
            <div class={styles.buttons}>
                <Button kind="plain" onClick={onNext}>
                    {t.later}
                </Button>
                <Button type="submit" disabled={isBusy}>
                    {t.next}
                </Button>
            </div>
        </form>
    );
}
