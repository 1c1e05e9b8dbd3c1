import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '~/api/failure';
import type { CredentialAccount } from '~/api/types';
import { texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { Button, IconButton } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { FieldGroup, SwitchField, TextArea, TextField } from '~/ui/field';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import { FormProblem } from './form_problem';
import { changeOwnAccount, useOwnAccount } from './own_account';
import {
    FIELD_MAX,
    FIELDS_MAX,
    filledFields,
    isSameProfile,
    NOTE_MAX,
    paramsOf,
    problemsOf,
    profileOf,
    type Profile,
} from './profile_form';
import styles from './settings.module.css';

export default function ProfilePage() {
    const t = texts().settings.profile;
    const { account, failure, reload } = useOwnAccount();
    return (
        <Page title={t.title} hasBack>
            {account !== null && <ProfileForm account={account} />}
            {account === null && failure === null && <SkeletonCards count={3} />}
            {failure !== null && <FailureNote failure={failure} onRetry={reload} />}
        </Page>
    );
}

/** Warns before a closed tab takes along what was written. */
function useUnsaved(isUnsaved: boolean): void {
    useEffect(() => {
        if (!isUnsaved) {
            return undefined;
        }
        const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
        addEventListener('beforeunload', warn);
        return () => removeEventListener('beforeunload', warn);
    }, [isUnsaved]);
}

function ProfileForm({ account }: { account: CredentialAccount }) {
    const t = texts().settings;
    const [saved, setSaved] = useState(() => profileOf(account));
    const [profile, setProfile] = useState(saved);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isBusy, setBusy] = useState(false);
    const problems = problemsOf(profile);
    const isChanged = !isSameProfile(profile, saved);
    useUnsaved(isChanged);
    const change = (part: Partial<Profile>): void => setProfile((now) => ({ ...now, ...part }));

    async function save(): Promise<void> {
        setBusy(true);
        setFailure(null);
        const answer = await changeOwnAccount(paramsOf(profile));
        setBusy(false);
        if (answer.ok) {
            const next = profileOf(answer.value);
            setSaved(next);
            setProfile(next);
            say(t.saved);
        } else {
            setFailure(answer.failure);
        }
    }

    return (
        <form
            class={styles.form}
            onSubmit={(event) => {
                event.preventDefault();
                void save();
            }}
        >
            <Preview account={account} profile={profile} />
            <TextField
                label={t.profile.displayName}
                hint={t.profile.displayNameHint}
                value={profile.displayName}
                autocomplete="name"
                problem={problems.includes('nameTooLong') ? t.profile.nameTooLong : undefined}
                onText={(displayName) => change({ displayName })}
            />
            <TextArea
                label={t.profile.note}
                hint={t.profile.noteLeft(NOTE_MAX - [...profile.note].length)}
                value={profile.note}
                problem={problems.includes('noteTooLong') ? t.profile.noteTooLong : undefined}
                onText={(note) => change({ note })}
            />
            <Fields
                fields={profile.fields}
                hasProblem={problems.includes('fieldWithoutName')}
                onChange={(fields) => change({ fields })}
            />
            <SwitchField
                label={t.profile.bot}
                hint={t.profile.botHint}
                checked={profile.isBot}
                onToggle={(isBot) => change({ isBot })}
            />
            <FormProblem failure={failure} />
            <div class={styles.buttons}>
                <Button type="submit" disabled={isBusy || !isChanged || problems.length > 0}>
                    {t.save}
                </Button>
                {isChanged && (
                    <Button kind="quiet" disabled={isBusy} onClick={() => setProfile(saved)}>
                        {t.discard}
                    </Button>
                )}
            </div>
        </form>
    );
}

/** How others will see it. The server makes links of addresses; here they stay text. */
function Preview({ account, profile }: { account: CredentialAccount; profile: Profile }) {
    const t = texts().settings.profile;
    const fields = filledFields(profile);
    return (
        <section class={styles.preview} aria-label={t.preview}>
            <Avatar account={{ ...account, displayName: profile.displayName }} size="large" />
            <div class={styles.previewWho}>
                <bdi class={styles.previewName}>
                    {profile.displayName.trim() || account.username}
                </bdi>
                <span class={styles.soft}>@{account.acct}</span>
            </div>
            {profile.note !== '' && (
                <p class={styles.previewText} dir="auto">
                    {profile.note}
                </p>
            )}
            {fields.length > 0 && (
                <dl class={styles.previewFields}>
                    {fields.map(({ name, value }, index) => (
                        <div key={index} class={styles.contents}>
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                        </div>
                    ))}
                </dl>
            )}
        </section>
    );
}

interface FieldsProps {
    fields: Profile['fields'];
    hasProblem: boolean;
    onChange: (fields: Profile['fields']) => void;
}

function Fields({ fields, hasProblem, onChange }: FieldsProps) {
    const t = texts().settings.profile;
    const put = (index: number, part: Partial<Profile['fields'][number]>): void =>
        onChange(fields.map((field, at) => (at === index ? { ...field, ...part } : field)));
    return (
        <FieldGroup legend={t.fields} hint={t.fieldsHint}>
            {fields.map((field, index) => (
                <div key={index} class={styles.pair}>
                    <TextField
                        label={t.fieldName(index + 1)}
                        value={field.name}
                        maxLength={FIELD_MAX}
                        problem={
                            hasProblem && field.name.trim() === '' && field.value.trim() !== ''
                                ? t.fieldWithoutName
                                : undefined
                        }
                        onText={(name) => put(index, { name })}
                    />
                    <TextField
                        label={t.fieldValue(index + 1)}
                        value={field.value}
                        maxLength={FIELD_MAX}
                        onText={(value) => put(index, { value })}
                    />
                    <IconButton
                        icon="trash"
                        label={t.removeField(index + 1)}
                        onClick={() => onChange(fields.filter((_, at) => at !== index))}
                    />
                </div>
            ))}
            {fields.length < FIELDS_MAX && (
                <span class={styles.add}>
                    <Button
                        kind="quiet"
                        small
                        icon="plus"
                        onClick={() => onChange([...fields, { name: '', value: '' }])}
                    >
                        {t.addField}
                    </Button>
                </span>
            )}
        </FieldGroup>
    );
}
