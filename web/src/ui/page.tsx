import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { site } from '~/app/site';
import { goBack } from '~/router/router';
import { texts } from '~/texts/texts';
import { IconButton } from './button';
import styles from './page.module.css';

/** The title in the browser's tab, as long as the component is on screen. */
export function useTitle(title: string): void {
    const siteName = site.value?.title ?? texts().app.name;
    useEffect(() => {
        document.title = title === '' ? siteName : texts().app.titleOn(title, siteName);
    }, [title, siteName]);
}

interface Props {
    title: string;
    /** Pages that one comes to from another have a way back. */
    hasBack?: boolean;
    /** At the end of the bar. */
    actions?: ComponentChildren;
    children: ComponentChildren;
}

/** A page in the middle column: a bar with its title that stays, and its content. */
export function Page({ title, hasBack = false, actions, children }: Props) {
    useTitle(title);
    return (
        <>
            <header class={styles.header}>
                {hasBack && (
                    <span class={styles.back}>
                        <IconButton icon="back" label={texts().app.back} onClick={() => goBack()} />
                    </span>
                )}
                <h1 class={styles.title}>{title}</h1>
                {actions}
            </header>
            {children}
        </>
    );
}
