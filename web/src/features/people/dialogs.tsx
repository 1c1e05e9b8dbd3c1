import { useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Account, Relationship } from '~/api/types';
import { relationships } from '~/store/store';
import { formats, texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Dialog, DialogButtons } from '~/ui/dialog';
import { confirm, showDialog } from '~/ui/dialogs';
import { wordsFor } from '~/ui/failure_note';
import { SelectField, SwitchField, TextArea } from '~/ui/field';
import { say } from '~/ui/toast';
import { ReportDialog } from '../post_actions/report_dialog';
import { block, mute } from '../relations/relate';
import { removeFollower } from './follow_options';
import styles from './people.module.css';

export async function askToBlock(account: Account): Promise<void> {
    const t = texts().people;
    const name = nameOf(account);
    const isSure = await confirm({
        title: t.blockTitle(name),
        text: t.blockText,
        action: t.block,
        isDangerous: true,
    });
    if (isSure && (await block(account.id))) {
        say(t.isBlocked(name));
    }
}

export async function askToRemoveFollower(account: Account): Promise<void> {
    const t = texts().people;
    const name = nameOf(account);
    const isSure = await confirm({
        title: t.removeFollowerTitle(name),
        text: t.removeFollowerText,
        action: t.removeFollower,
    });
    if (isSure && (await removeFollower(account.id))) {
        say(t.followerRemoved(name));
    }
}

export function showMute(account: Account): void {
    showDialog((close) => <MuteDialog account={account} onClose={close} />);
}

export function showNote(account: Account): void {
    showDialog((close) => <NoteDialog account={account} onClose={close} />);
}

export function showReport(account: Account): void {
    showDialog((close) => <ReportDialog account={account} onClose={close} />);
}

interface Props {
    account: Account;
    onClose: () => void;
}

const DURATIONS_S = ['0', '3600', '21600', '86400', '259200', '604800'];

function MuteDialog({ account, onClose }: Props) {
    const t = texts().people;
    const [seconds, setSeconds] = useState('0');
    const [notifications, setNotifications] = useState(true);
    const name = nameOf(account);
    const send = async (): Promise<void> => {
        onClose();
        if (await mute(account.id, Number(seconds), notifications)) {
            say(t.isMuted(name));
        }
    };
    return (
        <Dialog title={t.muteTitle(name)} onClose={onClose}>
            <div class={styles.form}>
                <p>{t.muteText}</p>
                <SelectField
                    label={t.muteFor}
                    value={seconds}
                    choices={DURATIONS_S.map((value) => ({
                        value,
                        label: value === '0' ? t.forEver : formats().spanOf(Number(value)),
                    }))}
                    onChoice={setSeconds}
                />
                <SwitchField
                    label={t.muteNotifications}
                    checked={notifications}
                    onToggle={setNotifications}
                />
            </div>
            <DialogButtons>
                <Button kind="quiet" onClick={onClose}>
                    {texts().app.cancel}
                </Button>
                <Button onClick={() => void send()}>{t.mute}</Button>
            </DialogButtons>
        </Dialog>
    );
}

const NOTE_MAX = 2000;

function NoteDialog({ account, onClose }: Props) {
    const t = texts().people;
    const [note, setNote] = useState(relationships.peek(account.id)?.note ?? '');
    const [failure, setFailure] = useState<Failure | null>(null);
    async function save(): Promise<void> {
        const answer = await api.post<Relationship>(`/api/v1/accounts/${account.id}/note`, {
            comment: note,
        });
        if (answer.ok) {
            relationships.put(answer.value);
            onClose();
        } else {
            setFailure(answer.failure);
        }
    }
    return (
        <Dialog title={t.personalNote} onClose={onClose}>
            <div class={styles.form}>
                <TextArea
                    label={t.noteAbout(nameOf(account))}
                    hint={t.noteHint}
                    value={note}
                    maxLength={NOTE_MAX}
                    problem={failure === null ? undefined : wordsFor(failure, texts().failure).text}
                    onText={setNote}
                />
            </div>
            <DialogButtons>
                <Button kind="quiet" onClick={onClose}>
                    {texts().app.cancel}
                </Button>
                <Button onClick={() => void save()}>{texts().settings.save}</Button>
            </DialogButtons>
        </Dialog>
    );
}
