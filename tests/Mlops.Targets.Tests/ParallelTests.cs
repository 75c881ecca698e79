namespace Mlops.Targets.Tests;

/// <summary>
/// Targets that run beside each other: what may, what must not, and how their output reads.
/// </summary>
public class ParallelTests
{
    [Fact]
    public void IndependentTargetsMeet()
    {
        using var build = new Meeting();
        Trial.Run(build, ["Left", "Right"]).Outcome.ShouldBe("Left Succeeded, Right Succeeded");
    }

    [Fact]
    public void SequentiallyNothingRunsBesideAnything()
    {
        var build = new Wide();
        Trial.Run(build, ["All", "--sequential"]).ExitCode.ShouldBe(0);
        build.Most.ShouldBe(1);
        build.Order.ShouldBe(["A", "B", "C", "D"]);
    }

    [Fact]
    public void WhatIsPrintedAtOnceReadsAsIfTargetsHadRunInOrder()
    {
        var build = new Chatting();
        var expected = Trial.Run(build, ["All", "--sequential"]).Output;
        expected.ShouldStartWith("== First\nFirst 0\nFirst 1\nFirst 2\n== Second\nSecond 0\n");
        for (var i = 0; i < 20; i++)
            Body(Trial.Run(new Chatting(), ["All"]).Output).ShouldBe(Body(expected));
    }

    [Fact]
    public void OrderingIsHonoured()
    {
        for (var i = 0; i < 20; i++)
        {
            var build = new Ordered();
            Trial.Run(build, ["Late", "Early", "Middle"]).ExitCode.ShouldBe(0);
            build.Order.ShouldBe(["Early", "Middle", "Late"]);
        }
    }

    [Fact]
    public void ANoteIsOfTheTargetThatMadeItAlsoAfterAnAwait()
    {
        using var build = new Meeting();
        var trial = Trial.Run(build, ["Left", "Right"]);
        trial.Of("Left", target => target.SummaryInformation["side"]).ShouldBe("left");
        trial.Of("Right", target => target.SummaryInformation["side"]).ShouldBe("right");
    }

    [Fact]
    public void WhatBeganBeforeAFailureIsAwaited()
    {
        using var build = new Meeting();
        var trial = Trial.Run(build, ["Failing", "Slow", "After"]);
        trial.Outcome.ShouldBe("Failing Failed, Slow Succeeded, After NotRun");
        trial.ExitCode.ShouldBe(1);
    }

    /// <summary>Without the closing table, whose durations differ.</summary>
    static string Body(string output) => output[..output.IndexOf("\nTarget ", StringComparison.Ordinal)];

    sealed class Meeting : TargetBuild, IDisposable
    {
        readonly Barrier barrier = new(2);

        public Target Left => _ => _.Executes(async () =>
        {
            barrier.SignalAndWait();
            await Task.Delay(10);
            ReportSummary(_ => _.AddPair("side", "left"));
        });

        public Target Right => _ => _.Executes(async () =>
        {
            barrier.SignalAndWait();
            await Task.Delay(10);
            ReportSummary(_ => _.AddPair("side", "right"));
        });

        public Target Failing => _ => _.Executes(() =>
        {
            barrier.SignalAndWait();
            Assert.Fail("no");
        });

        public Target Slow => _ => _.Executes(async () =>
        {
            barrier.SignalAndWait();
            await Task.Delay(200);
        });

        public Target After => _ => _.After(Failing, Slow).Executes(() => { });

        public void Dispose() => barrier.Dispose();
    }

    sealed class Wide : TargetBuild
    {
        int now;

        public int Most { get; private set; }

        public List<string> Order { get; } = [];

        public Target All => _ => _.DependsOn(A, B, C, D);

        public Target A => _ => _.Executes(() => Do("A"));

        public Target B => _ => _.Executes(() => Do("B"));

        public Target C => _ => _.Executes(() => Do("C"));

        public Target D => _ => _.Executes(() => Do("D"));

        void Do(string name)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref now));
            Thread.Sleep(5);
            Order.Add(name);
            Interlocked.Decrement(ref now);
        }
    }

    sealed class Chatting : TargetBuild, IPrinting
    {
        public Action<string> Print { get; set; } = _ => { };

        public Target First => _ => _.Executes(() => Say("First", 2));

        public Target Second => _ => _.Executes(() => Say("Second", 0));

        public Target Third => _ => _.DependsOn(Second).Executes(() => Say("Third", 1));

        public Target Fourth => _ => _.Executes(() => Say("Fourth", 0));

        public Target All => _ => _.DependsOn(First, Second, Third, Fourth);

        async Task Say(string name, int milliseconds)
        {
            for (var i = 0; i < 3; i++)
            {
                Print($"{name} {i}");
                await Task.Delay(milliseconds);
            }
        }
    }

    sealed class Ordered : TargetBuild
    {
        public List<string> Order { get; } = [];

        public Target Late => _ => _.After(Middle).Executes(() => Order.Add("Late"));

        public Target Middle => _ => _.After(Early).Executes(async () =>
        {
            await Task.Delay(1);
            Order.Add("Middle");
        });

        public Target Early => _ => _.Before(Middle, Late).Executes(async () =>
        {
            await Task.Delay(1);
            Order.Add("Early");
        });
    }
}
