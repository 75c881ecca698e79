using System.Xml.Linq;
using Mlops.Data;
using Mlops.Data.Drift;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Reporting.Tests;

public sealed class HostileTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    public static TheoryData<string> Values { get; } =
    [
        "<script>document.title=\"PWNED\"</script>",
        "\"><img src=x onerror=\"document.title='PWNED'\">",
        "</td></table><svg onload=\"document.title='PWNED'\">",
        "</title></style></script><script>document.title='PWNED'</script>",
        "'><a href='javascript:alert(1)'>x</a>",
        "<img src=\"https://example.org/leak.png\">",
        "=HYPERLINK(\"http://example.org\")",
        "{{ include 'audit.sbnhtml' }} {%raw%}",
        "]]>--><!-- end: 3 sections --></body></html>",
        "safe\u202Egpj.exe\u2066 \u200Bzero\u0000nul\uFFFF",
        "&lt;script&gt; &amp; \\ ' ` \t\r\n",
    ];

    [Theory, MemberData(nameof(Values))]
    public async Task NoValueMakesAnElementOrAnAddress(string value)
    {
        PageRules.Hold(await bench.Render(AuditStage.Value, Audit(bench, value)));
        PageRules.Hold(await bench.Render(DriftReportStage.Value, Drift(bench, value)));
        PageRules.Hold(await bench.Render(AuditStage.Value, StepsAlone.Audit(bench, value)));
        PageRules.Hold(await bench.Render(IndexStage.Value, Index(bench, value)));
    }

    [Theory, MemberData(nameof(Values))]
    public async Task HostileValuesMakeTheSameElementsAsHarmlessOnes(string value)
    {
        // Blank lines split human text into paragraphs, so a value without line ends is the fair twin.
        var hostile = value.Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal);
        Shape(await bench.Render(AuditStage.Value, Audit(bench, hostile)))
            .ShouldBe(Shape(await bench.Render(AuditStage.Value, Audit(bench, "harmless"))));
        Shape(await bench.Render(DriftReportStage.Value, Drift(bench, hostile)))
            .ShouldBe(Shape(await bench.Render(DriftReportStage.Value, Drift(bench, "harmless"))));
    }

    [Fact]
    public async Task WhatCannotBeSeenIsNamed()
    {
        var page = await bench.Render(AuditStage.Value,
            Audit(bench, "a\u202Eb\u200Bc\u2066d\u0007e\uD800f\uFEFFg\u00ADh"));
        page.ShouldContain("a⟨U+202E⟩b⟨U+200B⟩c⟨U+2066⟩d⟨U+0007⟩e⟨U+D800⟩f⟨U+FEFF⟩g⟨U+00AD⟩h");
        page.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        page.ShouldNotContain("\u202E");
    }

    [Fact]
    public async Task ALongCellIsCutAndSaysHowLongItWas()
    {
        var page = await bench.Render(AuditStage.Value,
            Audit(bench, new string('x', 199) + "😀" + new string('y', 800)));
        page.ShouldContain(new string('x', 199) + "… (1,001 characters)");
    }

    [Theory]
    [InlineData("../outside.html")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b.html")]
    [InlineData("a\\..\\b.html")]
    [InlineData("//example.org/x")]
    public async Task PathsThatLeadOutAreNotLinked(string path)
    {
        var small = Overviews.Small(bench);
        var page = PageRules.Hold(await bench.Render(IndexStage.Value,
            small with
            {
                Entries = [small.Entries[0] with { AuditPath = path, DriftPath = null,
                PackagePath = null }]
            }));
        page.Root!.Element("body")!.Descendants("section").Descendants("a").ShouldBeEmpty();
    }

    [Fact]
    public async Task LinksArePercentEncoded()
    {
        var page = await bench.Render(IndexStage.Value, Overviews.Small(bench));
        page.ShouldContain("href=\"./demand/Z%C3%BCrich%20%26%20Gen%C3%A8ve/audit.html\"");
    }

    static string Shape(string html) =>
        string.Join(' ', Workbench.Parse(html).Descendants().Select(element => element.Name.LocalName));

    internal static AuditInput Audit(Workbench bench, string value)
    {
        var churn = Churn.Audit(bench);
        var bad = new Judgement(false, [value]);
        var check = new CheckOutcome(value, value, Severity.Error, CheckStatus.Fail, value, 1, 1,
            [new CheckSample(0, value)]);
        var profile = new ColumnProfile(value, ColumnType.Text, 1, 0, 1, true, null, null, null, null, null,
            [new(value, 1), new(value, 1)], null);
        var source = new SourceRows(new SourceFile(value, Workbench.Any("s"), 1), 1, 1, null,
            [new QuarantinedRow(1, value, value, value)]);
        return churn with
        {
            Card = new PipelineCard(value, value, value, value, value, value, value, value, value),
            Settings = [new("split." + value, value)],
            Dataset = churn.Dataset! with
            {
                Table = churn.Dataset.Table with
                {
                    Schema = new TableSchema([new Column(value,
                    ColumnType.Text)])
                },
                Sources = [source],
            },
            Split = churn.Split! with { Boundary = value, Judgement = bad },
            Validation = churn.Validation! with
            {
                Details = bench.Json(new ValidationDetails([profile], [check]),
                    DataJson.Default.ValidationDetails),
                Judgement = bad,
            },
            Model = Model(bench, churn.Model!, value),
            Evaluation = Evaluation(bench, churn.Evaluation!, value),
            Package = churn.Package! with
            {
                FileName = value,
                Version = value,
                Judgement = bad,
                Contents = [new LineageEntry(value, value, Workbench.Any("x"), 1)],
            },
            Monitor = Drift(bench, value).Monitor,
            Steps = [.. churn.Steps.Select(step => step with
            {
                Note = value, Host = value, OperatingSystem = value, Runtime = value, Toolchain = value,
            })],
        };
    }

    static TrainedModel Model(Workbench bench, TrainedModel model, string value) => model with
    {
        Details = bench.Json(new TrainingDetails([new(value, ColumnType.Text, FeatureKind.OneHot, 1)],
            [value, value + "2"],
            new NaiveBaseline(value, null, [0.5, 0.5]), [value], [value]),
            LearningJson.Default.TrainingDetails),
        Train = model.Train with
        {
            Label = value,
            Positive = value,
            Features = model.Train.Features with { Exclude = [value] },
            Trainer = model.Train.Trainer with { Name = value },
        },
    };

    static ModelEvaluation Evaluation(Workbench bench, ModelEvaluation evaluation, string value)
    {
        var metric = new MetricValue(value, 0.5, 0.4, 0.3, true);
        var details = new EvaluationDetails([value, value], [[1, 2], [3, 4]], [new(0, 0), new(1, 1)],
            [new(0, 1), new(1, 0)], [], null,
            [new(value, value, 3, [metric])], [new(value, 0.1, 0.1)], value);
        return evaluation with
        {
            Metrics = [metric],
            Gates = [new(value, false, value)],
            Judgement = new Judgement(false, [value]),
            Details = bench.Json(details, LearningJson.Default.EvaluationDetails),
        };
    }

    internal static DriftReportInput Drift(Workbench bench, string value)
    {
        var column = Drifting.Numeric(value, DriftVerdict.Drift, 0.5, _ => 5, _ => 6) with
        {
            Largest = value,
            NewValues = [value],
            GoneValues = [value],
            Test = value,
            Binning = value,
            Bins = [new DriftBin(value, 1, 2), new DriftBin(value, 2, 1)],
        };
        var input = Drifting.Report(bench);
        return input with
        {
            Card = input.Card with { Name = value, Cell = value, Title = value },
            Monitor = Drifting.Monitor(bench, [column]) with { Judgement = new Judgement(false, [value]) },
        };
    }

    internal static IndexInput Index(Workbench bench, string value) => new(bench.Templates,
        [new IndexEntry(new PipelineCard(value, value, value, null, null, null, null, null, null), value,
            false,
            new MetricValue(value, 1, 2, null, true), null, 1, Workbench.Any("p"), value, value, value,
            [new IndexFinding(value, true)])]);
}
