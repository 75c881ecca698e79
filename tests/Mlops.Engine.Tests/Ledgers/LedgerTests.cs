using System.Text;

namespace Mlops.Engine.Tests.Ledgers;

public sealed class LedgerTests : IDisposable
{
    static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    readonly string folder = Directory.CreateTempSubdirectory("mlops-ledger-").FullName;

    string LedgerPath => Path.Combine(folder, "ledger.jsonl");

    [Fact]
    public void EntriesAreTheLeavesOfATreeWhoseHeadEachAppendTells()
    {
        var heads = Enumerable.Range(1, 9).Select(Append).ToList();

        var lines = File.ReadAllLines(LedgerPath).Select(Encoding.UTF8.GetBytes).ToList();
        var leaves = lines.Select(line => MerkleTree.Leaf(line)).ToArray();
        heads.ShouldBe(Enumerable.Range(1, 9)
            .Select(size => new LedgerHead(size, MerkleTree.Root(leaves.AsSpan(0, size)))));
        new Ledger(LedgerPath).Read().Lines.Select(line => line.Head).ShouldBe(heads);
    }

    [Fact]
    public void AnAppendReadsTheLastLineOnlyHoweverLongItIs()
    {
        var ledger = new Ledger(LedgerPath);
        ledger.Append(At, Matter(1));
        ledger.Append(At,
            new LedgerMatter.Approval("p/Package", Digest.Of([]), "p.zip", "1", new string('a', 300_000)));

        ledger.Append(At, Matter(3)).Size.ShouldBe(3);

        LedgerChecks.Of(ledger.Read().Lines).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"format\":\"mlops-ledger/1\",\"number\":3,\"at\":\"20")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"form\0\0\0\0\0\0\0\0}\n")]
    public void ALineThatACrashCutOffIsSetAsideAndNoOtherIsTouched(string cutOff)
    {
        Append(1);
        Append(2);
        var whole = File.ReadAllText(LedgerPath);
        File.AppendAllText(LedgerPath, cutOff);
        new Ledger(LedgerPath).Read().CutOffBytes.ShouldBe(cutOff.Length);

        Append(3).Size.ShouldBe(3);

        File.ReadAllText(LedgerPath).ShouldStartWith(whole);
        LedgerChecks.Of(new Ledger(LedgerPath).Read().Lines).ShouldBeEmpty();
        File.ReadAllText($"{LedgerPath}.cut").ShouldBe(cutOff + "\n");
    }

    /// <remarks>At every byte: the entry is whole only with its line end.</remarks>
    [Fact]
    public void WhereverACrashCutsTheLastLineTheEntriesBeforeItStay()
    {
        Append(1);
        Append(2);
        var before = File.ReadAllBytes(LedgerPath);
        Append(3);
        var after = File.ReadAllBytes(LedgerPath);
        for (var length = before.Length; length < after.Length; length += 7)
        {
            File.WriteAllBytes(LedgerPath, after[..length]);

            Append(4).Size.ShouldBe(3);

            File.ReadAllBytes(LedgerPath).AsSpan(0, before.Length).SequenceEqual(before).ShouldBeTrue();
            LedgerChecks.Of(new Ledger(LedgerPath).Read().Lines).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("no JSON at all")]
    [InlineData(
        "{\"format\":\"mlops-ledger/1\",\"number\":2,\"at\":\"1970-01-01T00:00:00+00:00\",\"before\":null,"
        + "\"what\":null}")]
    [InlineData(
        "{\"format\":\"mlops-ledger/1\",\"number\":2,\"at\":\"1970-01-01T00:00:00+00:00\",\"before\":[],"
        + "\"what\":{\"kind\":\"run\"}}")]
    [InlineData(
        "{\"format\":\"mlops-ledger/1\",\"number\":2,\"at\":\"1970-01-01T00:00:00+00:00\",\"before\":[7],"
        + "\"what\":{}}")]
    [InlineData(
        "{\"format\":\"mlops-ledger/1\",\"number\":2,\"at\":\"1970-01-01T00:00:00+00:00\",\"before\":[null],"
        + "\"what\":{\"kind\":\"x\"}}")]
    [InlineData(
        "{\"format\":\"mlops-ledger/1\",\"number\":-5,\"at\":\"soon\",\"before\":[],"
        + "\"what\":{\"kind\":\"release\"}}")]
    public void NothingIsLinkedToAForgedLastEntryAndNothingThrowsButAProblem(string forged)
    {
        Append(1);
        File.AppendAllText(LedgerPath, forged + "\n");
        var before = File.ReadAllText(LedgerPath);

        var problem = Should.Throw<ProblemException>(() => Append(3));

        problem.Damaged.ShouldBeTrue();
        problem.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-021");
        File.ReadAllText(LedgerPath).ShouldBe(before);
        LedgerChecks.Of(new Ledger(LedgerPath).Read().Lines)
            .ShouldHaveSingleItem().What.ShouldContain("Entry 2");
    }

    [Theory]
    [InlineData("{\"sequence\":1,\"previous\":\"e3b0\"}\n")]
    [InlineData("{\"format\":\"mlops-ledger/2\",\"number\":1}\n")]
    public void ALedgerOfAnotherVersionIsSetAsideWholeAndAnotherBegun(string foreign)
    {
        File.WriteAllText(LedgerPath, foreign);

        Append(1).Size.ShouldBe(1);

        File.ReadAllText($"{LedgerPath}.set-aside-1").ShouldBe(foreign);
        LedgerChecks.Of(new Ledger(LedgerPath).Read().Lines).ShouldBeEmpty();
    }

    [Fact]
    public void EntriesThatBelongTogetherAreAppendedTogether()
    {
        new Ledger(LedgerPath).Append(At, Matter(1), Matter(2), Matter(3)).Size.ShouldBe(3);

        LedgerChecks.Of(new Ledger(LedgerPath).Read().Lines).ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendsOfSeveralProcessesAtOnceAllFindTheirPlace()
    {
        OwnProcess[] processes = [.. Enumerable.Range(0, 4)
            .Select(_ => new OwnProcess(AppendingProcess.Name, LedgerPath, "25"))];
        foreach (var process in processes)
        {
            await process.Output();
            process.Dispose();
        }

        var (lines, cutOff) = new Ledger(LedgerPath).Read();
        cutOff.ShouldBe(0);
        LedgerChecks.Of(lines).ShouldBeEmpty();
        var by = lines.Select(line => line.Entry!.What)
            .OfType<LedgerMatter.Approval>().CountBy(approval => approval.By);
        by.Select(process => process.Value).ShouldBe([25, 25, 25, 25]);
    }

    [Fact]
    public void AnyNumberOfThreadsMayAppendWhileOthersRead()
    {
        System.Threading.Tasks.Parallel.For(0, 40, number =>
        {
            Append(number);
            LedgerChecks.Of(new Ledger(LedgerPath).Read().Lines).ShouldBeEmpty();
        });

        new Ledger(LedgerPath).Read().Lines.Count.ShouldBe(40);
    }

    [Fact]
    public void WhatCannotBeWrittenToIsAProblemOfTheStore()
    {
        Directory.CreateDirectory(LedgerPath);

        var problem = Should.Throw<ProblemException>(() => Append(1));

        problem.Damaged.ShouldBeTrue();
        problem.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-008");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    LedgerHead Append(int number) => new Ledger(LedgerPath).Append(At, Matter(number));

    static LedgerMatter.Approval Matter(int number) => AppendingProcess.Matter(number);
}
