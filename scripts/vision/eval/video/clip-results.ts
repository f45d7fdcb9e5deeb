import { percentile, spread } from '../../../bench/figures'
import type { ClockKind } from '../run/clock'
import { proportion } from '../score/proportion'
import { hourlyRate } from '../score/rate'
import type { MeasuredClip } from './measure-clip'
import { clipTopics, type ClipTopic } from './clip-labels'

const hour = 3_600_000
const ruleOf: Readonly<Record<ClipTopic, string>> = {
  phone: 'phone',
  book: 'book',
  people: 'second-person',
  screen: 'second-screen',
  nobody: 'nobody'
}

/** False alarms and times to detect of one topic, over the recordings where it is labelled. */
const topicResults = (clips: readonly MeasuredClip[], topic: ClipTopic) => {
  const labelled = clips.filter(({ labels }) => labels.labelled.has(topic))
  const wrong = labelled.flatMap(({ alarms }) =>
    alarms.filter((alarm) => alarm.rule === ruleOf[topic] && alarm.right === false)
  )
  const events = labelled.flatMap((clip) => clip.events.filter((event) => event.topic === topic))
  const times = events.flatMap(({ detectedAfterMs }) => (detectedAfterMs === null ? [] : [detectedAfterMs]))
  return {
    false_alarms: hourlyRate(wrong.length, labelled.reduce((sum, { lengthMs }) => sum + lengthMs, 0) / hour),
    found: proportion(times.length, events.length),
    time_to_detect_ms: spread(times)
  }
}

const finite = (ms: number): number | null => (Number.isFinite(ms) ? Math.round(ms) : null)

const clipRow = (clip: MeasuredClip) => ({
  file: clip.file,
  seconds: clip.lengthMs / 1000,
  looks: clip.looks,
  looks_unanswered: clip.unanswered,
  labelled: [...clip.labels.labelled],
  alarms: clip.alarms.map(({ rule, sinceMs, fromMs, toMs, right }) => ({
    rule,
    since_ms: Math.round(sinceMs),
    from_ms: Math.round(fromMs),
    to_ms: Math.round(toMs),
    right
  })),
  events: clip.events.map(({ topic, fromMs, toMs, detectedAfterMs }) => ({
    class: topic,
    from_ms: fromMs,
    to_ms: finite(toMs),
    detected_after_ms: detectedAfterMs === null ? null : Math.round(detectedAfterMs)
  })),
  hidden_seconds: clip.hiddenMs / 1000,
  wrongly_hidden_seconds: clip.wronglyHiddenMs / 1000,
  camera_truth: clip.camera
})

/** Everything that a run over recordings found. */
export const clipResults = (
  clips: readonly MeasuredClip[],
  unreadable: readonly { readonly file: string; readonly why: string }[],
  clock: ClockKind
) => {
  const sum = (of: (clip: MeasuredClip) => number): number =>
    clips.reduce((total, clip) => total + of(clip), 0)
  const labelled = clips.filter(({ labels }) => labels.labelled.size > 0)
  const clean = labelled.filter(({ labels }) => labels.events.length === 0)
  const wrong = labelled.flatMap(({ alarms }) => alarms.filter(({ right }) => right === false))
  const frameMs = clips.flatMap((clip) => clip.frameMs)
  return {
    recordings: clips.length,
    unreadable,
    clock,
    hours: sum(({ lengthMs }) => lengthMs) / hour,
    looks: sum(({ looks }) => looks),
    frame_ms: { p50: percentile(frameMs, 0.5), p95: percentile(frameMs, 0.95) },
    false_alarms: hourlyRate(
      wrong.length,
      labelled.reduce((total, { lengthMs }) => total + lengthMs, 0) / hour
    ),
    /** Recordings in which nothing is to be found, by whether anything was raised. */
    clean_with_alarm: proportion(
      clean.filter(({ alarms }) => alarms.some(({ right }) => right === false)).length,
      clean.length
    ),
    hidden_seconds: sum(({ hiddenMs }) => hiddenMs) / 1000,
    wrongly_hidden_seconds: sum(({ wronglyHiddenMs }) => wronglyHiddenMs) / 1000,
    by_class: Object.fromEntries(clipTopics.map((topic) => [topic, topicResults(clips, topic)])),
    recordings_in_detail: clips.map(clipRow)
  }
}
export type ClipResults = ReturnType<typeof clipResults>
