namespace Mlops.EndToEnd.Tests;

/// <summary>Checks that refer to the data of another pipeline.</summary>
public sealed class ReferenceTests : IDisposable
{
    readonly Workbench bench = new Workbench()
        .WithFile("pipelines/stores/data.csv", "code,size,big\na,1,true\nb,2,false\nc,3,true\nd,4,false\n")
        .WithPipeline("stores", """
            name: stores
            data: { sources: data.csv }
            validate: { columns: { code: { references: { file: nowhere.csv, column: code } } } }
            train: { task: binary, label: big }
            package: { version: 1.0.0 }
            """)
        .WithFile("pipelines/sales/data.csv", "store,units,left\na,1,true\nx,2,false\nb,3,true\na,4,false\n")
        .WithPipeline("sales", Sales("stores"));

    public void Dispose() => bench.Dispose();

    static string Sales(string other) => $$"""
        name: sales
        data: { sources: data.csv }
        validate:
          columns: { store: { references: { pipeline: {{other}}, column: code }, severity: warn } }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: binary, label: left, trainer: { name: fast-tree } }
        package: { version: 1.0.0 }
        """;

    [Fact]
    public void SelectingOneBringsTheDataThatItRefersToAndNothingElse()
    {
        string[] ask = ["Validate", "--pipeline", "sales", "--set", "data.quarantine.max-share=0.5"];
        bench.Run(ask).ShouldExit(0).ShouldSay("1 of 4").Executed.ShouldBe(
            ["sales/Ingest", "sales/Split", "sales/Validate", "stores/Ingest"], ignoreOrder: true);
        bench.Run(ask).ShouldExit(0).Executed.ShouldBeEmpty();
        bench.Edit("pipelines/stores/data.csv", data => data + "x,5,true\n");
        bench.Run(ask).ShouldExit(0).Executed.ShouldBe(["stores/Ingest", "sales/Validate"]);
        // What keeps the other's own checks from being made is said where they are asked for.
        bench.Run("Validate").ShouldExit(1).ShouldSay("PIPE-005");
    }

    [Fact]
    public void WhatIsNoPipelineIsNamed()
    {
        bench.WithPipeline("sales", Sales("store"));
        bench.Run("Validate", "--pipeline", "sales").ShouldExit(1)
            .ShouldSay("PIPE-006", "refer to the dataset of 'store', which is no pipeline.");
    }
}
