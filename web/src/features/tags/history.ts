import type { Tag } from '~/api/types';

/** By day, the newest first; the numbers are text. */
type History = Tag['history'];

/** A trend is told by so many days. */
export const TREND_DAYS = 2;

/** How many people there were on the latest days; whoever was there on both counts twice. */
export function peopleOf(history: History, days: number): number {
    return (history ?? []).slice(0, days).reduce((sum, day) => sum + Number(day.accounts), 0);
}

/** All uses that the history tells of. */
export function usesIn(history: History): number {
    return (history ?? []).reduce((sum, day) => sum + Number(day.uses), 0);
}

/** The uses of each day, the oldest first: for a sparkline. */
export function usesByDay(history: History): number[] {
    return (history ?? []).map(({ uses }) => Number(uses)).reverse();
}
