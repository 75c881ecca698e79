using System.Globalization;
using CsCheck;

namespace Mlops.Engine.Tests.Laws;

/// <summary>
/// The laws, over random graphs and random histories of changes, faults, cancellation and damage, for one
/// engine and for several at once, against an oracle that knows no engine. <c>LAWS_HISTORIES</c> says
/// how many histories.
/// </summary>
public sealed class LawTests
{
    static readonly Gen<long[]> Numbers = Gen.Long[-4, 4].Array[GraphShape.SourceCount];

    static readonly HistoryEvent First = new(EventKind.Nothing, 0, 0, 4, 1, int.MaxValue);

    [Fact]
    public void AfterAnyHistoryARunGivesWhatARunFromNothingGivesAndDoesNoMore() =>
        Gen.Select(GraphShape.Gen, Numbers, HistoryEvent.Gen.Array[0, 7]).Sample(
            (shape, numbers, history) =>
            {
                using var world = new World(shape, numbers);
                Check(world, First);
                foreach (var happening in history)
                {
                    happening.Apply(world);
                    Check(world, happening);
                }
            },
            iter: int.Parse(
                Environment.GetEnvironmentVariable("LAWS_HISTORIES") ?? "150", CultureInfo.InvariantCulture),
            print: history =>
                $"{Text(history.Item1)}\nnumbers {string.Join(' ', history.Item2)}\n"
                + $"{string.Join('\n', history.Item3.Select(each => each.ToString()))}");

    static string Text(GraphShape shape) => string.Join('\n', shape.Steps.Select((step, index) =>
        $"{index}: {step.ParameterText} {step.Taking} of [{string.Join(' ', step.Upstream)}] "
        + $"{(step.ReadsText ? "with text " : "")}files "
        + $"[{string.Join(' ', step.Sources)}]{(step.Grows ? " grows" : "")}"));

    static void Check(World world, HistoryEvent happening)
    {
        using var runs = new Runs(world, happening);
        runs.PlanAndRun();
        runs.OutputsEqualThoseOfARunFromNothing();
        runs.OnlyWhatHadNoTraceRanAndThatOnce();
        runs.ThePlanSaidSoBefore();
        runs.NothingIsLeftLying();
        using var again = new Runs(world, First);
        again.NothingRunsAgain();
    }
}
