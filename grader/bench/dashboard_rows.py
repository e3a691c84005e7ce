"""The statements that fill a course with a million submissions. PostgreSQL makes the rows itself: that takes minutes.

Who hands in what is drawn by the server's generator, from a seed; the same seed makes the same course.
"""

from __future__ import annotations

# `asked`, `asked_case` and `learner` are there already; see `grader.bench.dashboard_course`.
PAIRS = """
CREATE TEMP TABLE pair AS
SELECT q.*, l.person_id, l.skill, greatest(1, round(-ln(1 - random()) * %(mean)s))::int AS attempts,
    random() * 0.7 AS start
FROM asked q CROSS JOIN learner l WHERE random() > 0.05
"""

# In the order of time, as they would have come in: what belongs together lies far apart on the disk.
ATTEMPTS = """
CREATE TEMP TABLE tried AS
SELECT row_number() OVER (ORDER BY submitted_at) AS id, one.* FROM (
    SELECT p.*, attempt,
        opens_at + (due_at - opens_at) * (start + (1.03 - start) * power(attempt::float8 / attempts, 1.5))
            AS submitted_at,
        CASE WHEN attempt = attempts AND random() < 0.75 THEN 1.0
            ELSE floor(8 * least(0.99, greatest(0, skill - hardness + 0.3 + 0.04 * attempt
                + 0.3 * (random() - 0.5)))) / 8 END AS share,
        random() AS luck
    FROM pair p, generate_series(1, p.attempts) AS attempt
) AS one
"""

SUBMISSIONS = """
INSERT INTO submission (id, course_id, item_id, person_id, version_id, purpose, attempt, origin, source,
    source_sha256, submitted_at)
SELECT id, %(course)s, item_id, person_id, version_id, 'submit', attempt, 'editor',
    convert_to(source || E'\\n# ' || id, 'UTF8'), md5(id::text) || md5(luck::text), submitted_at
FROM tried ORDER BY id
"""

ALLOWANCES = """
INSERT INTO allowance (item_id, person_id, used, issued) SELECT item_id, person_id, attempts, attempts FROM pair
"""

ANSWERS = """
INSERT INTO written_answer (submission_id, answer, points, marked_by, marked_at, comment)
SELECT id, CASE kind
        WHEN 'text' THEN json_build_object('text', 'Gradients add up until they are set to zero. ' || (id * 37) %% 5000)
        WHEN 'numeric' THEN json_build_object('number', '0.5') ELSE json_build_object('choices', ARRAY['a']) END,
    CASE WHEN is_marked THEN share * max_score END,
    CASE WHEN is_marked AND kind = 'text' THEN %(marker)s END,
    CASE WHEN is_marked THEN submitted_at + interval '3 days' END, ''
FROM (
    -- Of all but the last assignment nearly every answer is marked.
    SELECT *, kind <> 'text' OR luck < CASE WHEN due_at > now() THEN 0.5 ELSE 0.999 END AS is_marked
    FROM tried WHERE kind <> 'code'
) AS one ORDER BY id
"""

# One in 2,500 could not be graded; the last ones wait.
RUNS = """
INSERT INTO grading_run (id, submission_id, version_id, course_id, is_live, only_public, device, lane, turn, seed,
    state, tries, queued_at, started_at, finished_at, verdict, score, max_score, duration_ms, sandbox, image, fault,
    mistake, report)
SELECT id, id, version_id, %(course)s, true, false, device, 'normal', id, id,
    state, 1, submitted_at, submitted_at,
    CASE WHEN state <> 'queued' THEN submitted_at + interval '1 second' END,
    CASE WHEN state = 'finished' THEN CASE share WHEN 1 THEN 'accepted' WHEN 0 THEN 'wrong_answer' ELSE 'partial' END
    END,
    CASE WHEN state = 'finished' THEN share * max_score END, CASE WHEN state = 'finished' THEN max_score END,
    40, 'docker', 'sha256:0', CASE WHEN state = 'failed' THEN 'the judge ended unexpectedly' END,
    CASE WHEN state = 'finished' AND share < 1 AND luck < 0.8
        THEN md5(item_id || ':' || floor(power(luck, 2) * 20)) END,
    CASE WHEN state = 'finished' THEN report END
FROM (
    SELECT *, CASE WHEN id > %(total)s - 40 THEN 'queued' WHEN id %% 2500 = 0 THEN 'failed' ELSE 'finished' END AS state
    FROM tried WHERE kind <> 'text'
) AS one ORDER BY id
"""

CASES = """
INSERT INTO case_outcome (run_id, position, name, visibility, verdict, points, max_points, diagnosis, is_unstable)
SELECT t.id, c.position, c.name, c.visibility,
    CASE WHEN c.position < t.share * c.cases THEN 'accepted' ELSE 'wrong_answer' END,
    CASE WHEN c.position < t.share * c.cases THEN c.points ELSE 0 END, c.points,
    CASE WHEN c.position < t.share * c.cases THEN NULL
        ELSE (ARRAY['mean_for_sum', 'sign', 'wrong_shape', 'wrong_value'])[1 + floor(t.luck * 4)::int] END,
    t.luck < 0.0002
FROM tried t JOIN grading_run r ON r.id = t.id AND r.state = 'finished' JOIN asked_case c ON c.item_id = t.item_id
ORDER BY t.id, c.position
"""

OVERRIDES = """
INSERT INTO override (item_id, person_id, points, reason, set_by, created_at)
SELECT item_id, person_id, max_score, 'Agreed in the tutorial.', %(staff)s, now()
FROM pair WHERE (item_id * 31 + person_id) %% 300 = 0
"""

EXTENSIONS = """
INSERT INTO extension (assignment_id, person_id, due_at, extra_attempts, reason, granted_by, created_at)
SELECT DISTINCT assignment_id, person_id, due_at + interval '5 days', 0, 'Ill.', %(staff)s, now()
FROM pair WHERE (assignment_id * 7 + person_id) %% 40 = 0
"""

DRAFTS = """
INSERT INTO question_draft (course_id, name, files, digest, origin, revision, created_by, edited_by, created_at,
    edited_at)
SELECT %(course)s, q.name, v.files, v.digest, 'version 1', 1, %(staff)s, %(staff)s, now(), now()
FROM question q JOIN question_version v ON v.id = q.live_version_id ORDER BY q.id LIMIT 30
"""

VERIFICATIONS = """
INSERT INTO verification (draft_id, name, digest, files, state, tries, asked_by, queued_at, started_at, finished_at,
    fault)
SELECT id, name, digest, files, 'failed', 1, %(staff)s, now(), now(), now(), 'the judge ended unexpectedly'
FROM question_draft
"""

AUDIT = """
INSERT INTO audit_event (at, actor_id, course_id, act, subject, detail)
SELECT submitted_at, %(staff)s, %(course)s, 'answer.marked', 'submission:' || id, '{"before": {}, "after": {}}'
FROM tried WHERE id %% 5 = 0 ORDER BY id
"""

REQUESTS = """
INSERT INTO regrade_request (course_id, submission_id, text, state, answer, created_at)
SELECT %(course)s, id, 'My answer is the same as the one of the lecture.', CASE WHEN id %% 3 = 0 THEN 'open' ELSE
    'declined' END, '', submitted_at + interval '1 day'
FROM tried WHERE id %% 1500 = 1
"""

LINE_COMMENTS = """
INSERT INTO line_comment (submission_id, line, text, written_by, created_at)
SELECT id, 1 + id %% 5, 'This divides twice.', %(staff)s, submitted_at FROM tried WHERE id %% 500 = 1
"""

MISTAKE_COMMENTS = """
INSERT INTO mistake_comment (item_id, mistake, name, text, is_hint, written_by, created_at)
SELECT DISTINCT item_id, md5(item_id || ':0'), 'Forgot to divide', 'Look at the mean once more.', true, %(staff)s, now()
FROM pair
"""

SAVED_COMMENTS = """
INSERT INTO saved_comment (course_id, question_id, title, text, uses, written_by, created_at)
SELECT %(course)s, CASE WHEN n %% 3 > 0 THEN (SELECT min(question_id) FROM asked) END, 'Comment ' || n,
    'Say which of the two is meant.', n, %(staff)s, now()
FROM generate_series(1, 300) AS n
"""

SIMILARITY = """
INSERT INTO similarity_check (id, course_id, item_id, state, tries, compared, is_too_small, queued_at, finished_at)
SELECT row_number() OVER (ORDER BY item_id), %(course)s, item_id, 'finished', 1, 1000, false, now(), now()
FROM asked WHERE kind = 'code'
"""

PAIRS_ALIKE = """
INSERT INTO similar_pair (check_id, a_id, b_id, share, share_a, share_b, tokens, spans, note)
SELECT c.id, min(t.id), max(t.id), 0.5 + min(t.luck) / 2, 0.5, 0.5, 120, '[[1, 5, 1, 5]]', ''
FROM tried t JOIN similarity_check c ON c.item_id = t.item_id WHERE t.attempt = 1
GROUP BY c.id, t.person_id / 2 HAVING count(*) = 2
"""

REGRADES = """
INSERT INTO regrade (id, course_id, item_id, version_id, scope, state, reason, created_by, created_at)
SELECT row_number() OVER (ORDER BY item_id), %(course)s, item_id, version_id, 'latest', 'ready',
    'Case 3 asked for something that the statement does not.', %(staff)s, now()
FROM asked WHERE kind = 'code' LIMIT 3
"""

# A shadow beside the latest run of each student.
SHADOWS = """
INSERT INTO grading_run (id, submission_id, version_id, course_id, is_live, only_public, device, lane, turn, seed,
    state, tries, queued_at, started_at, finished_at, verdict, score, max_score, duration_ms, sandbox, image)
SELECT %(total)s + row_number() OVER (ORDER BY t.id), t.id, t.version_id, %(course)s, false, false, t.device,
    'regrade', t.id, t.id, 'finished', 1, now(), now(), now(), 'accepted', t.max_score, t.max_score, 40, 'docker', ''
FROM tried t JOIN regrade g ON g.item_id = t.item_id WHERE t.attempt = t.attempts
"""

SHADOW_CASES = """
INSERT INTO case_outcome (run_id, position, name, visibility, verdict, points, max_points)
SELECT r.id, c.position, c.name, c.visibility, 'accepted', c.points, c.points
FROM grading_run r JOIN submission s ON s.id = r.submission_id JOIN asked_case c ON c.item_id = s.item_id
WHERE r.id > %(total)s
"""

REGRADE_RUNS = """
INSERT INTO regrade_run (regrade_id, submission_id, old_run_id, run_id)
SELECT g.id, r.submission_id, r.submission_id, r.id
FROM grading_run r JOIN submission s ON s.id = r.submission_id JOIN regrade g ON g.item_id = s.item_id
WHERE r.id > %(total)s
"""

ALL = (
    ("who tries what", PAIRS),
    ("attempts", ATTEMPTS),
    ("submissions", SUBMISSIONS),
    ("allowances", ALLOWANCES),
    ("answers", ANSWERS),
    ("runs", RUNS),
    ("outcomes of cases", CASES),
    ("overrides", OVERRIDES),
    ("extensions", EXTENSIONS),
    ("drafts", DRAFTS),
    ("verifications", VERIFICATIONS),
    ("audit log", AUDIT),
    ("requests", REQUESTS),
    ("comments on lines", LINE_COMMENTS),
    ("comments on mistakes", MISTAKE_COMMENTS),
    ("saved comments", SAVED_COMMENTS),
    ("similarity", SIMILARITY),
    ("pairs", PAIRS_ALIKE),
    ("regrades", REGRADES),
    ("shadow runs", SHADOWS),
    ("outcomes of their cases", SHADOW_CASES),
    ("runs of regrades", REGRADE_RUNS),
)
