using System.Globalization;
using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>Making room in the workspace.</summary>
sealed partial class Build
{
    [Parameter("With Gc: of each step keep the results of so many different runs; at least 1")]
    readonly int KeepRuns = 10;

    [Parameter("With Gc: and all that was in use within so many days")]
    readonly double KeepDays = 14;

    [Parameter(
        "With Gc: of the rest let the longest unused go until no more is left, as 20GB; no limit otherwise")]
    readonly string? MaxSize;

    /// <summary>How long Gc waits for builds to end.</summary>
    static readonly TimeSpan GcPatience = TimeSpan.FromMinutes(10);

    Target Gc => _ => _
        .Description(
            "Make room: remove what neither the latest runs nor releases and approvals need; --plan lists it")
        .After(Ingest, Validate, Train, Evaluate, Package, Monitor, Report, Explain, Reproduce)
        .Executes(async () =>
        {
            await LeaveWorkspace();
            try
            {
                var freed = await OpenRoom().Collect(
                    GcPatience,
                    () => Console.WriteLine("  waiting    for builds that use the workspace"), Stop);
                WriteRoom("freed", freed, Console.Out);
            }
            catch (ProblemException problem) when (!problem.Damaged)
            {
                Assert.Fail(problem.Message);
            }
            catch (ProblemException problem)
            {
                throw PersonsMistake(Refused(problem));
            }
        });

    /// <remarks>Gc waits for builds, and this may be one.</remarks>
    async Task LeaveWorkspace()
    {
        if (session is null)
            return;
        await session.Finish();
        session.Dispose();
    }

    bool IsGcPlanned => ExecutionPlan.Any(target => target.Name == nameof(Gc));

    void PlanRoom(TextWriter output) => WriteRoom("would free", OpenRoom().Plan(), output);

    Collector OpenRoom()
    {
        try
        {
            if (KeepRuns < 1 || !(KeepDays >= 0))
                throw new ProblemException(new Problem(
                    "BUILD-031", "Gc cannot keep less than nothing.",
                    Expected: "--keep-runs of at least 1, --keep-days of at least 0", Actual: string.Create(
                        CultureInfo.InvariantCulture, $"--keep-runs {KeepRuns}, --keep-days {KeepDays}")));
            return Room.Open(
                Options(), KeepRuns, TimeSpan.FromDays(Math.Min(KeepDays, 36500)),
                MaxSize is null ? null : ByteSize.Parse(MaxSize), TimeProvider.System);
        }
        catch (ProblemException problem)
        {
            throw PersonsMistake(Refused(problem));
        }
    }

    static string WhatNotes(FreedNotes notes) => notes switch
    {
        { Cell: { } file } => $"{file}: what was read in it; it is no more",
        { Pipeline.Length: 0 } => $"{notes.Notes} notes that cannot be read",
        _ => $"{notes.Pipeline}: {notes.Notes} notes of what it accepted, packaged and showed; it is no more",
    };

    static void WriteRoom(string word, Freed freed, TextWriter output)
    {
        foreach (var group in freed.Groups)
        {
            var name = group.Stage.Length == 0
                ? "artifacts of no step"
                : new StepName(group.Pipeline, null, group.Stage).ToString();
            output.WriteLine(
                $"  {word,-10} {ByteSize.Text(group.Bytes),9}  {name}: "
                + $"{Counted.Plain(group.Traces, "result", "results")}, "
                + Counted.Plain(group.Artifacts, "artifact", "artifacts"));
        }
        foreach (var notes in freed.Notes)
            output.WriteLine(
                $"  {word,-10} {ByteSize.Text(notes.Bytes),9}  {WhatNotes(notes)}");
        output.WriteLine(
            $"  {word,-10} {ByteSize.Text(freed.Bytes),9}  in total; {ByteSize.Text(freed.KeptBytes)} stay");
        if (freed.ExceedsLimit)
            output.WriteLine(
                "  What the latest runs, the packaged models and releases need is more than --max-size; all "
                + "of it stays.");
    }
}
