using CsCheck;

namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// The laws with a remote that misbehaves as it likes, over random graphs and machines, against the oracle.
/// </summary>
public sealed class RemoteLawTests
{
    static readonly string[] Fast = [.. Misdeeds.All.Keys.Except(Misdeeds.Slow)];

    [Fact]
    public void WhateverTheRemoteDoesAllOutputsEqualThoseOfARunFromNothing() =>
        Gen.Select(SumGraph.Gen, Gen.Long[-12, 12].Array[SumGraph.SourceCount],
            Gen.Int[0, 100], Gen.Int).Sample(
            (shape, values, share, seed) =>
            {
                using var server = new RemoteServer();
                var random = new Random(seed);
                server.Misbehave = _ => Misdeed(random, share);
                // Three machines one after the other, of which two may write; the last with a change.
                var changed = shape.Changed(seed & 7, seed & 3);
                foreach (var (writes, now) in new[] { (true, shape), (true, shape), (false, changed) })
                {
                    using var desk = new Desk();
                    desk.Write(values);
                    Check(desk, now, values, Desk.Options(server.Url, writes));
                }
                server.Misbehave = _ => null;
                using var last = new Desk();
                last.Write(values);
                Check(last, shape, values, Desk.Options(server.Url, writes: false));
            },
            iter: int.Parse(Environment.GetEnvironmentVariable("MLOPS_TEST_REMOTE_GRAPHS") ?? "25",
                System.Globalization.CultureInfo.InvariantCulture),
            threads: 2);

    static Func<Exchange, Task>? Misdeed(Random random, int share)
    {
        lock (random)
            return random.Next(100) < share ? Misdeeds.All[Fast[random.Next(Fast.Length)]] : null;
    }

    static void Check(Desk desk, SumGraph shape, long[] values, RemoteOptions remote)
    {
        var right = shape.Oracle(values, new HashSet<string>());

        desk.Run(remote, shape, out var nodes, out var run).Steps.ShouldAllBe(step =>
            step.Status == StepStatus.Executed || step.Status == StepStatus.Reused
            || step.Status == StepStatus.Blocked);

        nodes.Select(node => run.Output(node)?.Value).ShouldBe(right);
        desk.ShouldHaveBeenToldOnce();
        desk.KeptValues(shape).ShouldBe(right);
    }
}
