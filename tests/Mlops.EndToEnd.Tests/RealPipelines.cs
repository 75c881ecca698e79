namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Pipelines over the public data sets, with the settings of a person who has not seen the holdout.
/// </summary>
static class RealPipelines
{
    public static string Telco(string folder) => $$"""
        name: telco
        data:
          sources: {{folder}}/Telco-Customer-Churn.csv
          key: [customerID]
        validate:
          columns:
            TotalCharges: { type: real, missing-max-share: 0.01, min: 0 }
            Contract: { set: [Month-to-month, One year, Two year] }
        split: { method: interleaved, holdout-share: 0.2 }
        train:
          task: binary
          label: Churn
          trainer: { name: fast-tree, trees: 100, leaves: 16, learning-rate: 0.05 }
        evaluate:
          metrics: [auc, accuracy, f1]
          slices: [Contract]
          gates: [{ metric: auc, min: 0.8076, beats-baseline: true }]
        package: { version: 1.0.0 }
        """;

    public static string Penguins(string folder) => $$"""
        name: penguins
        data:
          sources: {{folder}}/penguins.csv
          format: { missing: [NA] }
        split: { method: interleaved, holdout-share: 0.2 }
        train:
          task: multiclass
          label: species
          features: { exclude: [year] }
          trainer: { name: light-gbm, min-rows-per-leaf: 5 }
        evaluate:
          metrics: [accuracy, macro-accuracy, log-loss]
          gates: [{ metric: accuracy, min: 0.97, beats-baseline: true }]
        package: { version: 1.0.0 }
        """;

    public static string Bikes(string folder) => $$"""
        name: bikes
        data:
          sources: {{folder}}/hour.csv
          time: dteday
        split: { method: time, holdout-share: 0.2 }
        train:
          task: regression
          label: cnt
          features: { exclude: [instant, casual, registered] }
          trainer: { name: light-gbm, trees: 200 }
        evaluate:
          metrics: [r2, rmse]
          gates: [{ metric: r2, min: 0.5, beats-baseline: true }]
        package: { version: 1.0.0 }
        monitor:
          reference: { from: 2011-01-01, to: 2012-01-01 }
          current: { from: 2012-01-01, to: 2013-01-01 }
          exclude: [instant, yr]
          fail-on: drift
        """;

    /// <remarks>
    /// <c>No</c> counts the hours from 2013-03-01: the holdout is everything from 2016-03-01 on. Each
    /// station's gate is its published baseline less 0.01.
    /// </remarks>
    public static string Beijing(string folder) => $$"""
        name: beijing
        matrix: { column: station }
        data:
          sources: {{folder}}/PRSA_Data_*.csv.gz
          format: { missing: [NA] }
          key: [station, "No"]
        split: { method: time, column: "No", at: 26305 }
        train:
          task: regression
          label: PM2.5
          features: { exclude: [year, day] }
          trainer: { name: light-gbm, trees: 200 }
        evaluate:
          metrics: [r2, rmse]
          importance-rows: 0
        package: { version: 1.0.0 }
        """;
}
