DROP TABLE learning_resource_languages;
DROP TABLE learning_resource_areas;
DROP TABLE learning_resources;
DROP TABLE guidance_about;
DROP TABLE guidance_areas;
DROP TABLE guidance;
