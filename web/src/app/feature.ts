import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Status } from '~/api/types';
import type { Route } from '~/router/router';
import type { Shortcut } from '~/shortcuts/shortcuts';
import type { MenuItem } from '~/ui/menu';

/**
 * What a folder of features/ brings: its `feature.ts` (or .tsx) has one as its default export. It is
 * part of the first view, so it names its pages by `() => import(…)` and imports little itself.
 */
export interface Feature {
    routes?: Route[];
    /** Called once when the app starts: to listen to the stream, for instance. */
    start?: () => void;
    /** A count at an entry of the navigation, by its path: what is unread. */
    badges?: Record<string, ReadonlySignal<number>>;
    /** Actions in the menu of a post, as it is now; none for those that it does not suit. */
    postMenu?: (status: Status) => MenuItem[];
    /** Keys that work on every page. */
    shortcuts?: () => Shortcut[];
    /** Opens the place to write above the page, perhaps to answer a post. */
    compose?: (inReplyTo?: string) => void;
    /** What stands above the posts of the home feed. */
    homeTop?: ComponentType;
    /** What stands in the column beside wide enough pages; the lowest `order` first. */
    aside?: { order: number; Widget: ComponentType }[];
    /** Quiet lines above the page, each with the class that it is given; nothing most of the time. */
    Banner?: ComponentType<{ class: string | undefined }>;
}

const modules = import.meta.glob<{ default: Feature }>('../features/*/feature.{ts,tsx}', {
    eager: true,
});

/** Every folder of features/, found by the build: adding one changes nothing here. */
export const features: Feature[] = Object.values(modules).map((module) => module.default);
