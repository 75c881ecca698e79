namespace Mlops.Engine.Tests.Scheduling;

public sealed class ClaimsTests : IDisposable
{
    static readonly Digest Key = Digest.Of("key"u8);

    readonly string directory = Directory.CreateTempSubdirectory("mlops-claims-").FullName;

    [Fact]
    public async Task TheSecondWaitsForTheFirstAndIsToldWhoItIs()
    {
        var (first, second) = (new Claims(directory), new Claims(directory));
        var told = new TaskCompletionSource<string>();
        var held = await first.Take(Key, _ => { }, CancellationToken.None);

        var waiting = second.Take(Key, told.SetResult, CancellationToken.None);

        if (OperatingSystem.IsLinux())
            (await told.Task).ShouldBe(FormattableString.Invariant($"process {Environment.ProcessId}"));
        waiting.IsCompleted.ShouldBeFalse();
        held.Dispose();
        (await waiting).Dispose();
        Directory.GetFiles(directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task AFileThatNobodyHoldsBlocksNobodyAndIsRemovedByWhoeverOpens()
    {
        var claims = new Claims(directory);
        File.WriteAllText(Path.Combine(directory, Key.ToString()), "process 1 on mars");
        File.WriteAllText(Path.Combine(directory, new string('0', 64)), "process 1 on mars");

        (await claims.Take(
            Key, _ => throw new InvalidOperationException("It waited."), CancellationToken.None)).Dispose();
        claims.RemoveLeftovers();

        Directory.GetFiles(directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task AClaimThatIsHeldIsNotRemoved()
    {
        var claims = new Claims(directory);
        using var held = await claims.Take(Key, _ => { }, CancellationToken.None);

        claims.RemoveLeftovers();

        Directory.GetFiles(directory).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WaitingEndsWhenTheRunIsCancelled()
    {
        var claims = new Claims(directory);
        using var held = await claims.Take(Key, _ => { }, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();

        var waiting = claims.Take(Key, _ => cancellation.Cancel(), cancellation.Token);

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    /// <remarks>
    /// The name of the file goes while others are opening it: each must end with a lock of the
    /// file of that name.
    /// </remarks>
    [Fact]
    public async Task OfManyThreadsAndProcessesOneAtATimeHoldsAClaim()
    {
        var takes = Environment.GetEnvironmentVariable("LAWS_CLAIMS") ?? "400";
        OwnProcess[] processes = [.. Enumerable.Range(0, 3)
            .Select(_ => new OwnProcess(ClaimingProcess.Name, directory, "4", takes))];

        foreach (var process in processes)
            using (process)
                await process.Output();
    }

    [Fact]
    public async Task AClaimOfAKilledProcessIsTakenOver()
    {
        using var holder = new OwnProcess(ClaimingProcess.Name, directory, "4", "1000000");
        while (!File.Exists(Path.Combine(directory, "alone")))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        holder.Kill();
        await holder.Ended();
        File.Delete(Path.Combine(directory, "alone"));

        await ClaimingProcess.Claim(directory, 1);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
