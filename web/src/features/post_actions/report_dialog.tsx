import { useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Account, Status } from '~/api/types';
import { site } from '~/app/site';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Dialog, DialogButtons } from '~/ui/dialog';
import { wordsFor } from '~/ui/failure_note';
import { CheckField, FieldGroup, RadioField, TextArea } from '~/ui/field';
import { say } from '~/ui/toast';
import styles from './post_actions.module.css';

type Category = 'spam' | 'violation' | 'legal' | 'other';

const COMMENT_MAX = 1000;

interface Props {
    account: Account;
    /** The post of theirs that it is about, if it is about one. */
    status?: Status;
    onClose: () => void;
}

/** Tells those who look after the server what is wrong with somebody, or with a post. */
export function ReportDialog({ account, status, onClose }: Props) {
    const t = texts().postActions;
    const rules = site.value?.rules ?? [];
    const [category, setCategory] = useState<Category>('spam');
    const [ruleIds, setRuleIds] = useState<string[]>([]);
    const [comment, setComment] = useState('');
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isSending, setSending] = useState(false);
    const all: Category[] = ['spam', 'violation', 'legal', 'other'];
    const categories = all.filter((one) => one !== 'violation' || rules.length > 0);

    async function send(): Promise<void> {
        setSending(true);
        const answer = await api.post('/api/v1/reports', {
            accountId: account.id,
            statusIds: status === undefined ? [] : [status.id],
            category,
            ruleIds: category === 'violation' ? ruleIds : [],
            comment,
        });
        setSending(false);
        if (answer.ok) {
            say(t.reported);
            onClose();
        } else {
            setFailure(answer.failure);
        }
    }

    return (
        <Dialog title={t.reportOf(`@${account.acct}`)} onClose={onClose}>
            <form
                class={styles.form}
                onSubmit={(event) => {
                    event.preventDefault();
                    void send();
                }}
            >
                <p>{t.reportIntro}</p>
                <RadioField
                    legend={t.category}
                    value={category}
                    choices={categories.map((value) => ({ value, label: t.categories[value] }))}
                    onChoice={setCategory}
                />
                {category === 'violation' && (
                    <FieldGroup legend={t.rules}>
                        {rules.map(({ id, text }) => (
                            <CheckField
                                key={id}
                                label={text}
                                checked={ruleIds.includes(id)}
                                onToggle={(isOn) =>
                                    setRuleIds(
                                        isOn
                                            ? [...ruleIds, id]
                                            : ruleIds.filter((other) => other !== id),
                                    )
                                }
                            />
                        ))}
                    </FieldGroup>
                )}
                <TextArea
                    label={t.comment}
                    rows={3}
                    maxLength={COMMENT_MAX}
                    value={comment}
                    onText={setComment}
                />
                {failure !== null && (
                    <p class={styles.failure} role="alert">
                        {wordsFor(failure, texts().failure).text}
                    </p>
                )}
                <DialogButtons>
                    <Button kind="quiet" onClick={onClose}>
                        {texts().app.cancel}
                    </Button>
                    <Button type="submit" disabled={isSending}>
                        {t.sendReport}
                    </Button>
                </DialogButtons>
            </form>
        </Dialog>
    );
}
