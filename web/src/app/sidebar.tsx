import { useRef, useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { matchRoute, navigate } from '~/router/router';
import { session } from '~/session/session';
import { signIn, signOut, signUp } from '~/session/sign_in';
import { accountPath, composePath } from '~/post/paths';
import { showShortcuts } from '~/shortcuts/shortcuts';
import { texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { Button } from '~/ui/button';
import { classes } from '~/ui/classes';
import { Icon } from '~/ui/icon';
import { Menu, type MenuItem } from '~/ui/menu';
import { features } from './feature';
import { Mark } from './mark';
import { navigation, type NavEntry } from './navigation';
import { site } from './site';
import styles from './sidebar.module.css';

function isCurrent(entry: string, path: string): boolean {
    return path === entry || path.startsWith(`${entry}/`);
}

function Badge({ path }: { path: string }) {
    const count = features.map((feature) => feature.badges?.[path]?.value ?? 0).find(Boolean) ?? 0;
    return count === 0 ? null : <span class={styles.badge}>{count > 99 ? '99+' : count}</span>;
}

function Entry({ entry, path }: { entry: NavEntry; path: string }) {
    const label = entry.label(texts().nav);
    return (
        <a
            href={entry.path}
            class={styles.entry}
            title={label}
            aria-current={isCurrent(entry.path, path) ? 'page' : undefined}
        >
            <Icon name={entry.icon} size={24} />
            <span class={classes(styles.label)}>{label}</span>
            <Badge path={entry.path} />
        </a>
    );
}

/** The navigation beside the page: with words where there is room, else a rail of icons. */
export function Sidebar({ path }: { path: string }) {
    const t = texts();
    const canCompose = session.value !== null && matchRoute(composePath()) !== null;
    return (
        <header class={styles.sidebar}>
            <a
                href={session.value === null ? '/' : '/home'}
                class={styles.brand}
                aria-label={site.value?.title ?? t.app.name}
            >
                <Mark />
                <span class={styles.label}>{site.value?.title ?? t.app.name}</span>
            </a>
            <nav aria-label={t.app.mainNavigation} class={styles.entries}>
                {navigation().map((entry) => (
                    <Entry key={entry.path} entry={entry} path={path} />
                ))}
                {canCompose && (
                    <a
                        href={composePath()}
                        class={classes(styles.entry, styles.compose)}
                        title={t.compose.new}
                    >
                        <Icon name="edit" size={22} />
                        <span class={styles.label}>{t.compose.new}</span>
                    </a>
                )}
            </nav>
            <div class={styles.foot}>
                {session.value === null ? (
                    <div class={styles.doors}>
                        <Button onClick={() => void signUp()}>{t.session.signUp}</Button>
                        <Button kind="quiet" onClick={() => void signIn()}>
                            {t.session.signIn}
                        </Button>
                    </div>
                ) : (
                    <OwnAccount />
                )}
            </div>
        </header>
    );
}

function ownItems(): MenuItem[] {
    const t = texts();
    const account = session.peek()?.account;
    if (account === undefined) {
        return [];
    }
    const items: MenuItem[] = [];
    if (matchRoute(accountPath(account)) !== null) {
        items.push({
            label: t.nav.profile,
            icon: 'person',
            run: () => navigate(accountPath(account)),
        });
    }
    items.push(
        { label: t.shortcuts.title, icon: 'keyboard', run: showShortcuts },
        { label: t.session.signOut, icon: 'signOut', run: () => void signOut() },
    );
    return items;
}

function OwnAccount() {
    const t = texts();
    const button = useRef<HTMLButtonElement>(null);
    const [isOpen, setOpen] = useState(false);
    const account = session.value?.account;
    if (account === undefined) {
        return null;
    }
    return (
        <>
            <button
                ref={button}
                type="button"
                class={styles.me}
                aria-haspopup="menu"
                aria-expanded={isOpen}
                onClick={() => setOpen(true)}
            >
                <span class="visually-hidden">{t.app.yourAccount}</span>
                <Avatar account={account} />
                <span class={styles.names}>
                    <bdi class={styles.name}>{nameOf(account)}</bdi>
                    <span class={styles.acct}>@{account.acct}</span>
                </span>
            </button>
            {isOpen && button.current !== null && (
                <Menu
                    label={t.app.yourAccount}
                    items={ownItems()}
                    anchor={button.current}
                    onClose={() => setOpen(false)}
                />
            )}
        </>
    );
}

/** Pages of forms, on which nobody wants to write a post. */
const QUIET = ['/settings', '/admin', '/welcome'];

/** The navigation of a phone: what is used most, and the rest in a menu. */
export function BottomBar({ path }: { path: string }) {
    const t = texts();
    const button = useRef<HTMLButtonElement>(null);
    const [isOpen, setOpen] = useState(false);
    const all = navigation();
    const main = all.filter((entry) => entry.isMain === true);
    const shown = main.length >= 2 ? main : all.slice(0, 3);
    const rest = all.filter((entry) => !shown.includes(entry));
    const canCompose = session.value !== null && matchRoute(composePath()) !== null;
    const isElsewhere = [composePath(), ...QUIET].some((page) => isCurrent(page, path));
    const doors: MenuItem[] = [
        { label: t.session.signIn, icon: 'person', run: () => void signIn() },
        { label: t.session.signUp, icon: 'personAdd', run: () => void signUp() },
    ];
    return (
        <>
            {canCompose && !isElsewhere && (
                <section aria-label={t.compose.new}>
                    <a href={composePath()} class={styles.write} aria-label={t.compose.new}>
                        <Icon name="edit" size={26} />
                    </a>
                </section>
            )}
            <nav class={styles.bar} aria-label={t.app.mainNavigation}>
                {shown.map((entry) => (
                    <a
                        key={entry.path}
                        href={entry.path}
                        class={styles.barEntry}
                        aria-current={isCurrent(entry.path, path) ? 'page' : undefined}
                    >
                        <Icon name={entry.icon} size={26} />
                        <span class="visually-hidden">{entry.label(t.nav)} </span>
                        <Badge path={entry.path} />
                    </a>
                ))}
                <button
                    ref={button}
                    type="button"
                    class={styles.barEntry}
                    aria-label={t.app.more}
                    aria-haspopup="menu"
                    aria-expanded={isOpen}
                    onClick={() => setOpen(true)}
                >
                    <Icon name="more" size={26} />
                </button>
            </nav>
            {isOpen && button.current !== null && (
                <Menu
                    label={t.app.moreNavigation}
                    items={[
                        ...rest.map((entry) => ({
                            label: entry.label(t.nav),
                            icon: entry.icon,
                            run: () => navigate(entry.path),
                        })),
                        ...(session.value === null ? doors : ownItems()),
                    ]}
                    anchor={button.current}
                    onClose={() => setOpen(false)}
                />
            )}
        </>
    );
}
