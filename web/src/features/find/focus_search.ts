import { navigate } from '~/router/router';

/** To the search box on screen, else to the page that has one. */
export function focusSearch(): void {
    const boxes = document.querySelectorAll<HTMLInputElement>('input[role=combobox][data-search]');
    const box = [...boxes].find((one) => one.checkVisibility());
    if (box === undefined) {
        navigate('/search');
    } else {
        box.focus();
        box.select();
    }
}
