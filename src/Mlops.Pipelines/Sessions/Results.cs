using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Reporting;

namespace Mlops.Pipelines.Sessions;

/// <summary>Puts what finished where people look for it, and notes what later runs compare with.</summary>
sealed class Results(Workspace workspace, string outputDirectory, ProjectGraph project)
{
    readonly Outputs outputs = workspace.OutputsIn(outputDirectory);
    readonly ChampionHistory champions = new(workspace);
    readonly AcceptedHistory accepted = new(workspace);
    readonly FrontPageNotes frontPage = new(workspace);

    /// <summary>Files that were current once and are not any more.</summary>
    public IReadOnlyCollection<string> TakenAway => outputs.TakenAway;

    public async Task Publish(Run run, Node node)
    {
        if (node == project.Index)
        {
            await PublishFrontPage(run);
            return;
        }
        foreach (var pipeline in project.Pipelines)
            if (pipeline.Programs.Find(node) is { } program)
                await Publish(run, pipeline, program);
            else if (node == pipeline.Audit && node is Node<ReportPage> audit
                && !pipeline.Specification.Learns)
                await PublishAudit(run, audit, pipeline.Specification.Name, null);
            else if (pipeline.Specification.Name == node.Name.Pipeline
                && pipeline.FindCell(node.Name.Cell) is { } cell)
                await Publish(run, cell, node, isFirst: cell == pipeline.Cells[0]);
    }

    async Task PublishFrontPage(Run run)
    {
        if (run.Output(project.Index) is not { } page)
            return;
        await run.Place(project.Index, outputs, [new OutputFile(page.Html, OutputPaths.Index)]);
        if (frontPage.IsOf(page.Html.Digest))
            return;
        foreach (var pipeline in project.Pipelines)
            frontPage.Remember(new FrontPageNote(
                pipeline.Specification.Name, Path.GetFileName(pipeline.Specification.Directory),
                ProjectGraph.Entries(pipeline, run.Upstream)));
        frontPage.SetPage(page.Html.Digest);
    }

    /// <param name="isFirst">Of the cells of its pipeline.</param>
    async Task Publish(Run run, CellGraph cell, Node node, bool isFirst)
    {
        var (pipeline, value) = (cell.Specification.Name, cell.Cell);
        if (node == cell.Audit)
        {
            await PublishAudit(run, cell.Audit, pipeline, value);
            if (value is not null && isFirst)
                await PublishUnparsed(run, cell, pipeline);
        }
        else if (node == cell.Validation
            && run.Output(cell.Validation) is { Judgement.Accepted: true, Accepted: { } data }
            && !IsRefused(run, cell))
            accepted.Accepted(pipeline, value, ValidationBinding.IdentityOf(cell.Table(run.Upstream)), data);
        else if (node == cell.DriftReport && run.Output(cell.DriftReport) is { } drift)
        {
            await PublishDrift(run, node, drift, pipeline, value);
            if (value is not null && isFirst && cell.Scored is { } scored)
                await PublishScoredUnparsed(run, scored, drift, pipeline);
        }
        else if (node == cell.Package && run.Output(cell.Package) is { Judgement.Accepted: true } package)
        {
            await run.Place(node, outputs,
                [new OutputFile(package.Archive, OutputPaths.Package(pipeline, value, package.FileName))]);
            champions.Packaged(pipeline, value, run.Output(cell.Model)!);
        }
        else if (node == cell.Package && IsRejected(run, cell))
            outputs.Withdraw(node.Name);
    }

    async Task PublishAudit(Run run, Node<ReportPage> node, string pipeline, string? cell)
    {
        if (run.Output(node) is { } audit)
            await run.Place(node, outputs, [
                new OutputFile(audit.Html, OutputPaths.Audit(pipeline, cell)),
                .. audit.Quarantine is { } rows
                    ? new[] { new OutputFile(rows, OutputPaths.Quarantine(pipeline, cell)) }
                    : [],
                .. (audit.QuarantineFiles ?? []).Select(file => new OutputFile(
                    file.File, OutputPaths.QuarantineFile(pipeline, cell, file.Path))),
            ]);
    }

    Task PublishDrift(Run run, Node node, ReportPage drift, string pipeline, string? cell) =>
        run.Place(node, outputs, [
            new OutputFile(drift.Html, OutputPaths.Drift(pipeline, cell)),
            .. drift.Quarantine is { } rows
                ? new[] { new OutputFile(rows, OutputPaths.ScoredQuarantine(pipeline, cell)) }
                : [],
            .. (drift.QuarantineFiles ?? []).Select(file => new OutputFile(
                file.File, OutputPaths.ScoredQuarantineFile(pipeline, cell, file.Path))),
        ]);

    Task PublishScoredUnparsed(Run run, Node scored, ReportPage drift, string pipeline) =>
        run.Place(scored, outputs, [
            .. drift.Unparsed is { } rows
                ? new[] { new OutputFile(rows, OutputPaths.ScoredUnparsed(pipeline)) } : [],
            .. (drift.UnparsedFiles ?? []).Select(file => new OutputFile(
                file.File, OutputPaths.ScoredUnparsedFile(pipeline, file.Path))),
        ]);

    /// <summary>Once for all cells, as a result of the step that read the rows.</summary>
    async Task PublishUnparsed(Run run, CellGraph cell, string pipeline)
    {
        if (run.Output(cell.Audit) is { } audit)
            await run.Place(cell.Dataset, outputs, [
                .. audit.Unparsed is { } rows
                    ? new[] { new OutputFile(rows, OutputPaths.Unparsed(pipeline)) } : [],
                .. (audit.UnparsedFiles ?? []).Select(file => new OutputFile(
                    file.File, OutputPaths.UnparsedFile(pipeline, file.Path))),
            ]);
    }

    /// <remarks>What other steps or the data take is for them alone.</remarks>
    async Task Publish(Run run, PipelineGraph pipeline, Node<ProgramOutput> program)
    {
        if (!pipeline.Programs.IsLast(program))
            outputs.Withdraw(program.Name);
        else if (run.Output(program) is { } output)
            await run.Place(program, outputs, [
                .. output.Files.Select(file => new OutputFile(
                    file.File,
                    OutputPaths.StepFile(
                        pipeline.Specification.Name, ProgramSteps.NameOf(program), file.Name))),
            ]);
    }

    /// <summary>
    /// Takes away what pipelines and cells have placed that are no more. What a run over some pipelines does
    /// not look at stays, and so does what a fault kept from being made again.
    /// </summary>
    /// <param name="isWhole">Whether the run is over all pipelines there are.</param>
    public void WithdrawVanished(Run run, bool isWhole)
    {
        foreach (var owner in outputs.Owners.Where(owner => owner.Pipeline.Length > 0))
            if (project.Pipelines.FirstOrDefault(pipeline => pipeline.Specification.Name == owner.Pipeline)
                is { } pipeline
                    ? HasVanished(run, pipeline, owner)
                    : isWhole)
                outputs.Withdraw(owner);
    }

    /// <remarks>The cells of a matrix are known only if something of this run asked for them.</remarks>
    static bool HasVanished(Run run, PipelineGraph pipeline, StepName owner) => ProgramSteps.IsProgram(owner)
        ? !pipeline.Programs.Nodes.Any(program => program.Name == owner)
        : !pipeline.Specification.Learns ? pipeline.Audit?.Name != owner
        : owner.Stage == ScoredData.IngestStage
            ? pipeline.Specification is not { Matrix: not null, Monitor.WatchesFiles: true }
        : pipeline.Dataset?.Name == owner ? pipeline.Specification.Matrix is null
        : pipeline.Cells is { Count: > 0 } cells && run.Output(cells[0].Dataset) is not null
            && !cells.Any(cell =>
                cell.Package.Name == owner || cell.Audit.Name == owner || cell.DriftReport?.Name == owner);

    /// <summary>A model that may not be used any more, as against one that could not be made.</summary>
    static bool IsRejected(Run run, CellGraph cell) =>
        IsRefused(run, cell)
        || run.Output(cell.Package) is { Judgement.Accepted: false }
        || run.Output(cell.Evaluation) is { Judgement.Accepted: false }
        || run.Output(cell.Validation) is { Judgement.Accepted: false }
        || run.Output(cell.Split) is { Judgement.Accepted: false }
        || run.Output(cell.Dataset) is { Judgement.Accepted: false };

    /// <summary>Data that this run takes for rejected, whatever its finished value says.</summary>
    static bool IsRefused(Run run, CellGraph cell) =>
        cell.Strict && run.Output(cell.Validation) is { WarningCount: > 0 };
}
