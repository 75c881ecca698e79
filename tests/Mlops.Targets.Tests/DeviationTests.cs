namespace Mlops.Targets.Tests;

/// <summary>
/// Where this host differs from NUKE on purpose. Each test says what happens here; its comment what NUKE
/// does, and why that is not kept. Names and types that differ are in <see cref="SurfaceTests"/>, defects in
/// <see cref="DefectTests"/>.
/// </summary>
public class DeviationTests
{
    /// <remarks>NUKE runs strictly one after the other. Its users have asked for more since 2018.</remarks>
    [Fact]
    public void IndependentTargetsRunBesideEachOtherUnlessSequential() =>
        new ParallelTests().IndependentTargetsMeet();

    /// <remarks>
    /// NUKE runs what is both asked for and skipped. One of the two is a mistake, and only a
    /// person knows which.
    /// </remarks>
    [Fact]
    public void AskedForAndSkippedIsAContradiction() =>
        Letters.Run("A needs B", "A B --skip B").ShouldBe("error: B is both asked for and skipped.");

    /// <remarks>NUKE ends the build with the target not run, as if another one had failed.</remarks>
    [Fact]
    public void ATargetWhoseConditionThrowsHasFailed() =>
        Letters.Run("A throwsWhenAsked, B assured", "A B").ShouldBe("A failed → B");

    /// <remarks>
    /// NUKE returns 255 for everything. A server must tell a wrong command line from a failed target.
    /// </remarks>
    [Fact]
    public void AnUnmetRequirementIsWrongUsage()
    {
        Letters.Run("A lacks", "A").ShouldStartWith("error: A requires that ");
        Trial.Run(new Letters("A fails"), ["A"]).ExitCode.ShouldBe(1);
    }

    /// <remarks>
    /// NUKE has no such option: after a failure only assured targets run. So it is here without it.
    /// </remarks>
    [Theory]
    [InlineData("A fails, B needs A", "A B C", "A failed → B not run → C")]
    [InlineData("A fails, B needs A, C needs B", "C D", "A failed → B not run → C not run → D")]
    [InlineData("A fails, B after A", "A B", "A failed → B")]
    [InlineData("A fails, A proceeds, B needs A", "B", "A failed → B")]
    [InlineData("A fails, A triggers B", "A C", "A failed → B not run → C")]
    [InlineData("A fails, A triggers B, C needs B", "A C", "A failed → B → C")]
    [InlineData("A fails, A triggers C, B triggers C", "A B", "A failed → B → C")]
    [InlineData("A fails, B needs A, B assured, C needs B", "C", "A failed → B → C")]
    [InlineData("A gathers, A needs B C, B fails", "A", "B failed → C → A not run")]
    public void KeepGoingRunsWhatDoesNotNeedWhatFailed(string declared, string asked, string outcome)
    {
        Letters.Run(declared, asked + " --keep-going").ShouldBe(outcome);
        Letters.Run(declared, asked + " --keep-going --sequential").ShouldBe(outcome);
    }

    /// <remarks>NUKE has only --skip for this.</remarks>
    [Theory]
    [InlineData("A needs B, B needs C", "--only A", "C skipped → B skipped → A")]
    [InlineData("A needs B, B needs C", "A --only", "C skipped → B skipped → A")]
    [InlineData("A needs B, B needs C", "--only", "C skipped → B skipped → A")]
    [InlineData("A needs B, B needs C", "A --only C", "C → B skipped → A")]
    [InlineData("A triggers B", "--only A", "A → B skipped")]
    [InlineData("A needs B, B needs C", "A --from B", "C skipped → B → A")]
    [InlineData("A needs B D, B needs C", "A --from B", "C skipped → B → D → A")]
    [InlineData("A needs B D, B needs C, D needs C", "A --from B", "C skipped → B → D → A")]
    [InlineData("A needs B, B needs C, C needs D", "A --from B C", "D skipped → C → B → A")]
    public void OnlyAndFromLeaveOutWhatIsDone(string declared, string asked, string outcome) =>
        Letters.Run(declared, asked).ShouldBe(outcome);

    [Fact]
    public void ARunCannotBeginOutsideItsPlan() =>
        Letters.Run("A needs B", "B --from A").ShouldBe("error: --from A: it is not in the plan of B.");

    /// <remarks>NUKE takes 7 for an enum that has no 7.</remarks>
    [Fact]
    public void AnEnumTakesItsNamesOnly() =>
        Trial.Run<Choosing>("Do --stage 0").Error
            .ShouldStartWith("error: --stage: expected Test, Production, not '0'.");

    /// <remarks>In NUKE a value provider drives prompts and completion only, and any value passes.</remarks>
    [Fact]
    public void AValueProviderIsTheLaw() =>
        Trial.Run<Choosing>("Do --dataset iirs").Error
            .ShouldStartWith("error: --dataset: expected iris, mnist, not 'iirs'. Did you mean iris?\n");

    /// <remarks>
    /// NUKE falls back to the default when a switch without a value follows, and to the last
    /// of several values.
    /// </remarks>
    [Fact]
    public void AnOptionWithoutItsValueIsAMistake() =>
        Trial.Run<Choosing>("Do --dataset").Error
            .ShouldStartWith("error: --dataset needs a value: iris, mnist.\n");

    /// <remarks>NUKE's is an MD5, which proves nothing any more.</remarks>
    [Fact]
    public void AFileHashIsASha256()
    {
        var folder = Directory.CreateTempSubdirectory("targets-");
        var file = AbsolutePath.Create(folder.FullName) / "empty";
        file.WriteAllText("");
        file.GetFileHash().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        folder.Delete(recursive: true);
    }

    /// <remarks>
    /// NUKE's instances share static state: one build per process. Here tests, and others, run many.
    /// </remarks>
    [Fact]
    public void TwoBuildsInOneProcessDoNotMeet()
    {
        var (first, second) = (new Choosing(), new Choosing());
        Trial.Run(first, ["Do", "--verbosity", "quiet"]);
        Trial.Run(second, ["Do"]);
        (first.Verbosity, second.Verbosity).ShouldBe((Verbosity.Quiet, Verbosity.Normal));
    }

    enum Stage
    {
        Test,
        Production,
    }

    sealed class Choosing : TargetBuild
    {
        [Parameter]
        readonly Stage stage = Stage.Test;

        [Parameter(ValueProviderMember = nameof(Datasets))]
        readonly string dataset = "iris";

        static IEnumerable<string> Datasets => ["iris", "mnist"];

        public Target Do => _ => _.Executes(() => Assert.True(stage == Stage.Test && dataset.Length > 0));
    }
}
