import { FollowButton } from '~/account/follow_button';
import { nameOf } from '~/account/name';
import type { Account, Relationship } from '~/api/types';
import { accountPath } from '~/post/paths';
import { RichText } from '~/post/rich_text';
import { ownId } from '~/session/session';
import { accounts, relationships } from '~/store/store';
import { formats, language, texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { Button, ButtonLink, IconButton } from '~/ui/button';
import { Icon, type IconName } from '~/ui/icon';
import { AccountMenu } from './account_menu';
import { hasFamiliar } from './familiar';
import { FamiliarLine } from './familiar_line';
import { toggleNotify } from './follow_options';
import styles from './people.module.css';

export function AccountHeader({ account }: { account: Account }) {
    const relationship = relationships.watch(account.id).value;
    const isOwn = ownId.value === account.id;
    const hasPicture = account.header !== '' && !account.header.endsWith('/missing.png');
    return (
        <section class={styles.header} aria-label={texts().account.openProfile(nameOf(account))}>
            {account.moved && <Moved from={account} to={account.moved} />}
            {hasPicture ? (
                <img class={styles.banner} src={account.header} alt="" />
            ) : (
                <div class={styles.banner} />
            )}
            <div class={styles.top}>
                <Avatar account={account} size="large" />
                <div class={styles.actions}>
                    {isOwn ? (
                        <ButtonLink small kind="quiet" href="/settings/profile">
                            {texts().people.editProfile}
                        </ButtonLink>
                    ) : (
                        <Actions account={account} relationship={relationship} />
                    )}
                </div>
            </div>
            <div class={styles.names}>
                <p class={styles.name}>
                    <bdi>{nameOf(account)}</bdi>
                </p>
                <div class={styles.line}>
                    <span class={styles.acct}>@{account.acct}</span>
                    <Marks account={account} relationship={relationship} />
                </div>
            </div>
            {account.note !== '' && <RichText html={account.note} />}
            {account.fields.length > 0 && <Fields account={account} />}
            {relationship !== undefined && relationship.note !== '' && (
                <PersonalNote account={account} note={relationship.note ?? ''} />
            )}
            <Counts account={account} />
            {hasFamiliar(account.id) && <FamiliarLine account={account} />}
        </section>
    );
}

function Moved({ from, to }: { from: Account; to: Account }) {
    const shown = accounts.watch(to.id).value ?? to;
    return (
        <p class={styles.moved}>
            <Icon name="chevronRight" size={18} />
            <span>
                {texts().people.moved(nameOf(from))}{' '}
                <a href={accountPath(shown)}>
                    <bdi>{nameOf(shown)}</bdi>
                </a>
            </span>
        </p>
    );
}

interface Props {
    account: Account;
    relationship: Relationship | undefined;
}

function Actions({ account, relationship }: Props) {
    const t = texts().people;
    const isNotifying = relationship?.notifying === true;
    const mayFollow = relationship?.blocking !== true && relationship?.blockedBy !== true;
    return (
        <>
            {relationship?.following === true && (
                <IconButton
                    icon="bell"
                    label={isNotifying ? t.doNotNotify : t.notify}
                    aria-pressed={isNotifying}
                    onClick={() => void toggleNotify(account.id)}
                />
            )}
            {ownId.value !== null && <AccountMenu account={account} />}
            {mayFollow && !account.moved && <FollowButton account={account} />}
        </>
    );
}

function Marks({ account, relationship }: Props) {
    const t = texts();
    const marks: [boolean, IconName, string][] = [
        [relationship?.followedBy === true, 'check', t.account.followsYou],
        [account.locked, 'lock', t.account.locked],
        [account.bot, 'robot', t.account.bot],
        [relationship?.muting === true, 'mute', t.people.muted],
        [relationship?.notifying === true, 'bell', t.people.notifying],
    ];
    const shown = marks.filter(([isOn]) => isOn);
    return shown.length === 0 ? null : (
        <ul class={styles.marks}>
            {shown.map(([, icon, label]) => (
                <li key={label} class={styles.mark}>
                    <Icon name={icon} size={14} />
                    {label}
                </li>
            ))}
        </ul>
    );
}

function Fields({ account }: { account: Account }) {
    return (
        <dl class={styles.fields}>
            {account.fields.map(({ name, value, verifiedAt }, index) => (
                <div key={index} class={styles.field}>
                    <dt>{name}</dt>
                    <dd>
                        {verifiedAt !== null && verifiedAt !== undefined && (
                            <span class={styles.verified}>
                                <Icon name="check" size={16} />
                                <span class="visually-hidden">{texts().people.verified}</span>
                            </span>
                        )}
                        <RichText html={value} />
                    </dd>
                </div>
            ))}
        </dl>
    );
}

function PersonalNote({ account, note }: { account: Account; note: string }) {
    const t = texts().people;
    return (
        <div class={styles.personal}>
            <p class={styles.personalTitle}>{t.personalNote}</p>
            <p class={styles.personalText} dir="auto">
                {note}
            </p>
            <Button
                small
                kind="plain"
                onClick={() => void import('./dialogs').then((all) => all.showNote(account))}
            >
                {t.editNote}
            </Button>
        </div>
    );
}

function Counts({ account }: { account: Account }) {
    const t = texts().people;
    const { plural, compact } = formats();
    const path = accountPath(account);
    const joined = new Intl.DateTimeFormat(language.value, { year: 'numeric', month: 'long' });
    const counts: [number, string, string | null][] = [
        [account.statusesCount, plural(account.statusesCount, t.countPosts), null],
        [account.followingCount, plural(account.followingCount, t.countFollowing), 'following'],
        [account.followersCount, plural(account.followersCount, t.countFollowers), 'followers'],
    ];
    return (
        <ul class={styles.counts}>
            {counts.map(([count, label, page]) => {
                const words = (
                    <>
                        <strong>{compact(count)}</strong> {label}
                    </>
                );
                return (
                    <li key={label}>
                        {page === null ? (
                            <span>{words}</span>
                        ) : (
                            <a href={`${path}/${page}`}>{words}</a>
                        )}
                    </li>
                );
            })}
            <li class={styles.joined}>{t.joined(joined.format(Date.parse(account.createdAt)))}</li>
        </ul>
    );
}
