import {
    chooseMotion,
    chooseTextSize,
    chooseTheme,
    motion,
    textSize,
    theme,
} from '~/app/appearance';
import { chooseLanguage, language, LANGUAGES, texts, type Language } from '~/texts/texts';
import { RadioField } from '~/ui/field';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import styles from './settings.module.css';

/** How the app looks in this browser. Each choice is seen at once. */
export default function AppearancePage() {
    const t = texts().settings.appearance;
    return (
        <Page title={t.title} hasBack>
            <form class={styles.form} onSubmit={(event) => event.preventDefault()}>
                <p class={styles.soft}>{t.text}</p>
                <section class={styles.section}>
                    <RadioField
                        legend={t.theme}
                        value={theme.value}
                        choices={[
                            { value: 'system', label: t.themes.system },
                            { value: 'light', label: t.themes.light },
                            { value: 'dark', label: t.themes.dark },
                        ]}
                        onChoice={chooseTheme}
                    />
                </section>
                <section class={styles.section}>
                    <RadioField
                        legend={t.textSize}
                        value={textSize.value}
                        choices={[
                            { value: 'small', label: t.textSizes.small },
                            { value: 'normal', label: t.textSizes.normal },
                            { value: 'large', label: t.textSizes.large },
                            { value: 'larger', label: t.textSizes.larger },
                        ]}
                        onChoice={chooseTextSize}
                    />
                    <p class={styles.sample}>{t.sample}</p>
                </section>
                <section class={styles.section}>
                    <RadioField
                        legend={t.motion}
                        value={motion.value}
                        choices={[
                            { value: 'system', label: t.motions.system },
                            { value: 'reduced', label: t.motions.reduced },
                        ]}
                        onChoice={chooseMotion}
                    />
                </section>
                <section class={styles.section}>
                    <RadioField
                        legend={t.language}
                        value={language.value}
                        choices={(Object.keys(LANGUAGES) as Language[]).map((value) => ({
                            value,
                            label: LANGUAGES[value],
                        }))}
                        onChoice={(value) =>
                            void chooseLanguage(value).catch(() => sayFailure({ kind: 'offline' }))
                        }
                    />
                </section>
            </form>
        </Page>
    );
}
